import type { SoundExample } from '../../src/learning/examples/example.ts'
import type { BatchSource, SoundBatch } from '../../src/learning/examples/sound-batch.ts'
import { Random } from '../../src/learning/random/random.ts'

export const HALVES = { windowFrames: 32, channels: 16, labels: 2, seed: 4 }
/** Frames of a sound, of which the window is some. */
export const FRAMES = 40

/** A batch of sounds alone. */
interface HalfBatch extends SoundBatch {
  readonly examples: readonly SoundExample[]
}

/** Noise whose window is louder in its first or in its second half; the label is which. */
export function halfBatch(index: number): HalfBatch {
  const random = new Random(index)
  const examples = Array.from({ length: 6 }, (_, i): SoundExample => {
    const firstFrame = random.below(FRAMES - HALVES.windowFrames + 1)
    const half = (HALVES.windowFrames * HALVES.channels) / 2
    const sound = Float32Array.from({ length: FRAMES * HALVES.channels }, () => random.normal())
    const from = firstFrame * HALVES.channels + (i % 2) * half
    for (let j = from; j < from + half; j++) sound[j] *= 3
    return { sound, firstFrame, target: Float32Array.from([0, 1], (label) => (label === i % 2 ? 1 : 0)) }
  })
  return { index, examples }
}

/** Batches from `first` on. */
export class HalfBatches implements BatchSource {
  isClosed = false
  #next: number

  constructor(first: number) {
    this.#next = first
  }

  async take(): Promise<HalfBatch> {
    return halfBatch(this.#next++)
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}

/** The batch with one sample that is not a number. */
export function spoiled({ index, examples }: HalfBatch): HalfBatch {
  const [first, ...others] = examples
  const sound = first.sound.slice()
  sound[first.firstFrame * HALVES.channels + 5] = Number.NaN
  return { index, examples: [{ ...first, sound }, ...others] }
}
