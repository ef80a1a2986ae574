import { Engine } from '../../../worklet/index.ts'
import type { FrontendDescription } from '../../frontend/index.ts'
import { compilePlan } from '../../plan/index.ts'
import type { SoundExample } from '../examples/index.ts'

/** The frontend of a training, as the live page computes it. */
export class LiveFrontend {
  readonly #engine: Engine
  readonly channels: number
  /** Samples from one frame to the next. */
  readonly hop: number

  constructor(description: FrontendDescription) {
    const plan = compilePlan(description)
    this.#engine = new Engine(plan, null)
    this.channels = plan.channels
    this.hop = plan.hop
  }

  /** The window of an example, [windowFrames, channels]. */
  window({ sound, firstFrame }: SoundExample, windowFrames: number): Float32Array {
    const { values } = this.#engine.clip(sound)
    return values.slice(firstFrame * this.channels, (firstFrame + windowFrames) * this.channels)
  }

  /** All windows of a clip, `hopFrames` apart, the last one at its end; a clip is at least one window long. */
  windows(sound: Float32Array, windowFrames: number, hopFrames: number): Float32Array[] {
    const { frames, values } = this.#engine.clip(sound)
    const last = frames - windowFrames
    const starts = Array.from({ length: Math.ceil(last / hopFrames) + 1 }, (_, i) =>
      Math.min(i * hopFrames, last),
    )
    return starts.map((start) => values.slice(start * this.channels, (start + windowFrames) * this.channels))
  }
}
