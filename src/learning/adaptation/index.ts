// Exports that use TensorFlow.js types are internal: the package's declarations do not name them.
/** @internal */
export {
  ADAPTATION,
  type AdaptableModel,
  type AdaptationOptions,
  adaptCompression,
} from './adapt-compression.ts'
/** @internal */
export { type AdaptationExample, LEAST_SECONDS, secondsOf } from './adaptation-example.ts'
/** @internal */
export { EnergyAnalysis } from './energy-analysis.ts'
/** @internal */
export type { LabelledEnergies } from './energy-windows.ts'
export { pcenOf } from './moved-compression.ts'
export {
  medianLoudness,
  type Room,
  type RoomHalves,
  rootMeanSquare,
  simulateRecording,
} from './noisy-room.ts'
