const memoryMs = 30_000
/** One block in so many is timed: the clock's answer is the only thing here that takes memory (a number of 16 bytes). */
const blocksPerTiming = 11

/**
 * The share of real time spent in blocks, by the audio thread's only clock, of whole milliseconds. One block
 * is far shorter than a tick, but a tick falls inside it as often as the block is long, so the mean over many
 * is right as long as blocks and ticks do not march in step. Audio thread.
 */
export class LoadMeter {
  /** Busy and whole milliseconds of the timed blocks, both fading. */
  readonly #sums = new Float64Array(2)
  readonly #sampleRate: number
  #block = 0
  #started = 0

  /** @param sampleRate of the blocks, Hz */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate
  }

  /** Call before a block's work. */
  begin(): void {
    this.#block = (this.#block + 1) % blocksPerTiming
    if (this.#block === 0) this.#started = Date.now()
  }

  /**
   * Call after it. A clock set back counts as no time.
   * @param samples length of the block
   */
  end(samples: number): void {
    if (this.#block !== 0) return
    const blockMs = (samples / this.#sampleRate) * 1000
    const kept = Math.exp((-blockMs * blocksPerTiming) / memoryMs)
    this.#sums[0] = this.#sums[0] * kept + Math.max(0, Date.now() - this.#started)
    this.#sums[1] = this.#sums[1] * kept + blockMs
  }

  /** 0 … 1 (more when late), over about the last half minute. */
  get load(): number {
    const [busy, span] = this.#sums
    return span === 0 ? 0 : busy / span
  }
}
