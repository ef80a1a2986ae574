/** Seconds in which the mean square forgets all but 1/e of a sound. */
const memorySeconds = 0.3
/** A peak falls by 20 dB in 1.7 s, as a programme meter of IEC 60268-10, type I, does. */
const fallDecibels = 20
const fallSeconds = 1.7
/** The highest 16-bit sample: what a converter gives for anything louder. */
const fullScale = 32767 / 32768
/** dBFS of silence. */
const floorDecibels = -120

/** How loud the blocks are, and how often they reach full scale. Audio thread; allocates when made only. */
export class LevelMeter {
  /** Samples at full scale or beyond, of all channels. */
  clipped = 0
  /** Mean square and peak, both fading. In an array, where a number takes no memory of its own. */
  readonly #state = new Float64Array(2)
  readonly #sampleRate: number
  #length = 0
  #kept = 0
  #fall = 0

  /** @param sampleRate of the blocks, Hz */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate
  }

  /** dBFS of the mean square, -120 for silence; 0 is a constant at full scale. */
  get level(): number {
    return decibels(Math.sqrt(this.#state[0]))
  }

  /** dBFS of the highest samples, -120 for silence. */
  get peak(): number {
    return decibels(this.#state[1])
  }

  /**
   * Takes a block. Samples that are no numbers count as silence.
   * @param mono the mean of its channels
   * @param channels equally long; none for silence
   */
  push(mono: Float32Array, channels: readonly Float32Array[]): void {
    this.#adapt(mono.length)
    let sum = 0
    let highest = this.#state[1] * this.#fall
    for (let i = 0; i < mono.length; i++) {
      const magnitude = Math.abs(mono[i])
      if (!(magnitude < Number.POSITIVE_INFINITY)) continue
      sum += magnitude * magnitude
      if (magnitude > highest) highest = magnitude
    }
    this.#state[0] = this.#state[0] * this.#kept + (sum / mono.length) * (1 - this.#kept)
    this.#state[1] = highest
    for (let channel = 0; channel < channels.length; channel++) this.#count(channels[channel])
  }

  #count(samples: Float32Array): void {
    for (let i = 0; i < samples.length; i++) if (Math.abs(samples[i]) >= fullScale) this.clipped++
  }

  /** How much a block of this length lets fade. */
  #adapt(length: number): void {
    if (length === this.#length) return
    this.#length = length
    const seconds = length / this.#sampleRate
    this.#kept = Math.exp(-seconds / memorySeconds)
    this.#fall = 10 ** ((-fallDecibels * seconds) / (20 * fallSeconds))
  }
}

function decibels(amplitude: number): number {
  return Math.max(floorDecibels, 20 * Math.log10(amplitude))
}
