export {
  type Clipped,
  type ExportedFrontend,
  exportFrontend,
  exportLayouts,
  type ImportedFrontend,
  type ImportOptions,
  importFrontend,
  NPY_HEADER_BYTES,
  npyHeader,
  type Profile,
  profileNames,
} from './checkpoints/index.ts'
export { type FetchOptions, fetchModel } from './fetch-model.ts'
export { type FileKind, fileKind } from './file-kind.ts'
export { readFrontend, writeFrontend } from './frontend-file.ts'
export { type Head, type HeadPlace, placesOf, softmax, softmaxOfHeads } from './heads.ts'
export { type LabelFigures, splitFigures, withLabelFigures } from './label-figures.ts'
export type { Topology, TopologyLayer } from './layer-graph.ts'
export { type Model, readModel, writeModel } from './model-file.ts'
export { type ModelSource, modelBytes } from './model-source.ts'
export type { Card, Decoding } from './schema.ts'
export { selectHeads } from './select-heads.ts'
export { importYamnet, isTflite } from './tflite/index.ts'
export { type CheckedTopology, checkTopology, type WantedOutput } from './topology.ts'
export { inInt8, inInt8WhereExact, storedAsBefore, type Weight, type WeightStorage } from './weights.ts'
