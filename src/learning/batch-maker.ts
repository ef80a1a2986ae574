import type { FrontendDescription } from '../frontend/index.ts'
import type { Clip } from './clips.ts'
import { type ExampleOptions, Examples } from './examples.ts'
import { Frontend, mask } from './features.ts'
import { Random } from './random.ts'

/** What one step of training learns from. */
export interface Batch {
  readonly index: number
  /** [size, windowFrames, channels] */
  readonly features: Float32Array<ArrayBuffer>
  /** [size, labels] */
  readonly targets: Float32Array<ArrayBuffer>
}

export interface BatchOptions extends Omit<ExampleOptions, 'hop' | 'sampleRate'> {
  readonly frontend: FrontendDescription
  /** Examples in a batch. */
  readonly size: number
}

/** Makes batches of examples; batch i depends on the options and i alone. */
export class BatchMaker {
  readonly #options: BatchOptions
  readonly #frontend: Frontend
  readonly #examples: Examples

  constructor(clips: readonly Clip[], options: BatchOptions) {
    this.#options = options
    this.#frontend = new Frontend(options.frontend)
    const { sampleRate } = options.frontend
    this.#examples = new Examples(clips, { ...options, sampleRate, hop: this.#frontend.hop })
  }

  make(index: number): Batch {
    const { size, windowFrames, labels, seed } = this.#options
    const { channels } = this.#frontend
    const features = new Float32Array(size * windowFrames * channels)
    const targets = new Float32Array(size * labels.length)
    for (let i = 0; i < size; i++) {
      const number = index * size + i
      const example = this.#examples.make(number)
      const window = this.#frontend.window(example, windowFrames)
      mask(window, channels, new Random(seed, number, 1))
      features.set(window, i * window.length)
      targets.set(example.target, i * labels.length)
    }
    return { index, features, targets }
  }
}
