/**
 * Training in the browser: a persistent store of labelled examples, and a worker that trains a model file on them.
 * TensorFlow.js is in the worker only.
 */
export type { Adapted, AdaptingProgress, InRoomAndQuiet, SoundsMeasure } from './adapted.ts'
export { CHOICES as teachingChoices, type TeachingChoice } from './choice.ts'
export { type CutOptions, cutRecording } from './cut-recording.ts'
export {
  type ClassInfo,
  type ExampleInfo,
  ExampleStore,
  type ExampleStoreEvents,
  type ExampleStoreOptions,
} from './example-store.ts'
export type { LabelledSound } from './labelled-sound.ts'
export type { EmbeddingProgress, Measure, StageProgress, TeachingProgress } from './progress.ts'
export type { TrainingBackend } from './protocol.ts'
export type { RoomNoise } from './room-noise.ts'
export type { Taught } from './taught.ts'
export { type AdaptOptions, Teacher, type TeacherOptions, type TrainOptions } from './teacher.ts'
