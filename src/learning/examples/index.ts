export { type ExampleSource, makeBatch } from './batch-maker.ts'
export type { Example, FeatureExample, SoundExample } from './example.ts'
export type { BatchSource, SoundBatch } from './sound-batch.ts'
