import type { Example } from './example.ts'
import type { SoundBatch } from './sound-batch.ts'

/** Examples by their number; each depends on its number alone. */
export interface ExampleSource<Made extends Example = Example> {
  make(index: number): Made
}

/** @param size examples in a batch */
export function makeBatch(source: ExampleSource, index: number, size: number): SoundBatch {
  return { index, examples: Array.from({ length: size }, (_, i) => source.make(index * size + i)) }
}
