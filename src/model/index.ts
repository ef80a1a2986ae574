export { fetchModel } from './fetch-model.ts'
export { type Model, readModel, type Weight, writeModel } from './model-file.ts'
export type { Card, Decoding } from './schema.ts'
export type { Topology } from './topology.ts'
