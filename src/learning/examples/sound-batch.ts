import type { Example } from './example.ts'

/** What one step of training learns from. */
export interface SoundBatch {
  readonly index: number
  readonly examples: readonly Example[]
}

/** Batches in their order. */
export interface BatchSource {
  take(): Promise<SoundBatch>
  close(): Promise<void>
}
