export { type ExampleSource, makeBatch } from './batch-maker.ts'
export type { Example } from './example.ts'
export type { BatchSource, SoundBatch } from './sound-batch.ts'
