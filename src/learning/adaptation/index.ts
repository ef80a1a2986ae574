/** @internal Declarations of the package name no type of TensorFlow.js. */
export {
  ADAPTATION,
  type AdaptableModel,
  type AdaptationOptions,
  adaptCompression,
} from './adapt-compression.ts'
export { type AdaptationExample, LEAST_SECONDS, secondsOf } from './adaptation-example.ts'
export { EnergyAnalysis } from './energy-analysis.ts'
export type { HeardEnergies } from './heard-windows.ts'
export { pcenOf } from './moved-compression.ts'
export { heardIn, middleLoudness, type Room, type RoomHalves, rootMeanSquare } from './noisy-room.ts'
