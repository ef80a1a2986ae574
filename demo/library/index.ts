export type { ModelRecord, Origin } from './database.ts'
export { changeModel, deleteModel, fileOf, isKept, keepModel, keptModels } from './kept-models.ts'
export { type ModelFile, modelIn, nameOfFile } from './model-file.ts'
export {
  fillModels,
  noteChosen,
  type OfferedModel,
  offered,
  offeredModels,
  refreshFrontends,
  shippedModels,
} from './offered.ts'
