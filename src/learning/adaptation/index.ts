// What works on TensorFlow.js's models is internal: declarations of the package name no type of it.
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
export type { HeardEnergies } from './heard-windows.ts'
export { pcenOf } from './moved-compression.ts'
export { heardIn, middleLoudness, type Room, type RoomHalves, rootMeanSquare } from './noisy-room.ts'
