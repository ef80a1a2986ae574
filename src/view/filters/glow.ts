import type { FrontendDescription } from '../../frontend/index.ts'
import type { FrameSource } from '../spectrogram.ts'
import { type Tone, toneOf } from '../tone.ts'

/** Share of its strength that a lamp keeps from one frame to the next: it goes out within some 100 ms. */
const KEPT = 0.8

/** How strongly each channel is heard at present. */
export class Glow {
  /** 0 to 1, one a channel. */
  readonly strengths: Float32Array
  /** Changed since it was last told. */
  fresh = false
  #tone: Tone

  constructor({ channels, compression }: FrontendDescription) {
    this.strengths = new Float32Array(channels)
    this.#tone = toneOf(compression)
  }

  /** From now on frames are those of another compression. */
  set compression(compression: FrontendDescription['compression']) {
    this.#tone = toneOf(compression)
  }

  collect(frames: FrameSource): void {
    frames.drain(this.#add)
  }

  #add = (_index: number, _time: number, values: ArrayLike<number>): void => {
    const { strengths } = this
    for (let channel = 0; channel < strengths.length; channel++) {
      const strength = this.#tone(values[channel])
      // A frame with fewer channels, of another frontend, leaves the rest dark.
      const now = strength > 0 ? Math.min(1, strength) : 0
      strengths[channel] = Math.max(now, KEPT * strengths[channel])
    }
    this.fresh = true
  }
}
