import { Engine } from '../../worklet/engine.ts'
import type { FrontendDescription } from '../frontend/index.ts'
import { compilePlan } from '../plan/index.ts'
import type { Example } from './examples.ts'
import type { Random } from './random.ts'

/** The frontend of a training, as the live page computes it. */
export class Frontend {
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
  window({ sound, firstFrame }: Example, windowFrames: number): Float32Array {
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

/** Covers a band of channels and a stretch of frames with the mean of the window, in place. */
export function mask(window: Float32Array, channels: number, random: Random): void {
  const frames = window.length / channels
  const mean = window.reduce((sum, value) => sum + value, 0) / window.length
  const bands = random.below(Math.floor(channels / 5))
  const firstBand = random.below(channels - bands + 1)
  for (let frame = 0; frame < frames; frame++) {
    window.fill(mean, frame * channels + firstBand, frame * channels + firstBand + bands)
  }
  const stretch = random.below(Math.floor(frames / 5))
  const firstFrame = random.below(frames - stretch + 1)
  window.fill(mean, firstFrame * channels, (firstFrame + stretch) * channels)
}
