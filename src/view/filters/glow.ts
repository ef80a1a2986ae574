import { compress, type FrontendDescription, poolingOf } from '../../frontend/index.ts'
import type { FrameSource } from '../spectrogram.ts'
import { type Tone, toneOf } from '../tone.ts'

/** Share of its strength that a lamp keeps from one frame to the next: it goes out within some 100 ms. */
const KEPT = 0.8

/** How strongly each channel is heard at present: nothing in silence, whatever features silence has. */
export class Glow {
  /** 0 to 1, one a channel. */
  readonly strengths: Float32Array
  /** Changed since it was last told. */
  fresh = false
  #tone: Tone
  /** Brightness of silence, 0 to 1, one a channel. */
  #rest: Float64Array

  constructor(frontend: FrontendDescription) {
    this.strengths = new Float32Array(frontend.channels)
    this.#tone = toneOf(frontend.compression)
    this.#rest = restOf(frontend, this.#tone)
  }

  /** From now on frames are those of another frontend, of as many channels. */
  set frontend(frontend: FrontendDescription) {
    this.#tone = toneOf(frontend.compression)
    this.#rest = restOf(frontend, this.#tone)
  }

  collect(frames: FrameSource): void {
    frames.drain(this.#add)
  }

  #add = (_index: number, _time: number, values: ArrayLike<number>): void => {
    const { strengths } = this
    for (let channel = 0; channel < strengths.length; channel++) {
      const rest = this.#rest[channel]
      const strength = (this.#tone(values[channel]) - rest) / (1 - rest)
      // A frame with fewer channels, of another frontend, leaves the rest dark.
      const now = strength > 0 ? Math.min(1, strength) : 0
      strengths[channel] = Math.max(now, KEPT * strengths[channel])
    }
    this.fresh = true
  }
}

/** What is left of silence that lasts: the floor of the energies, or the bias of the pooling. */
function restOf(frontend: FrontendDescription, tone: Tone): Float64Array {
  const { channels, pooling, compression, energyFloor } = frontend
  const family = poolingOf(pooling)
  const bias = family.method === 'window' ? family.bias?.(pooling) : undefined
  const energies = Float64Array.from({ length: channels }, (_, n) => Math.max(energyFloor, bias?.[n] ?? 0))
  return compress(compression, energies, channels).map((feature) => {
    const strength = tone(feature)
    return strength > 0 ? Math.min(1, strength) : 0
  })
}
