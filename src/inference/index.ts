/** A model's classifier at work: windows cut from frames, and their scores on a backend of TensorFlow.js. */
export {
  type BackendAttempt,
  type BackendCandidate,
  type BackendName,
  chooseBackend,
  type LoadedClassifier,
} from './backend.ts'
/** @internal Declarations of the package name no type of TensorFlow.js. */
export { buildLayersModel, describeLayersModel } from './layers-model.ts'
export { type Past, stepSeconds, WindowQueue } from './window-queue.ts'
