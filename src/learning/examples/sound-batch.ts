import type { Example } from './example.ts'

/** What one step of training learns from: sounds, for the frontend's part is learned as well. */
export interface SoundBatch {
  readonly index: number
  readonly examples: readonly Example[]
}

/** Batches in their order. */
export interface BatchSource {
  take(): Promise<SoundBatch>
  close(): Promise<void>
}
