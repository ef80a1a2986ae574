const memoryMs = 10_000

/**
 * The share of real time spent in blocks, by a clock of whole milliseconds. One block is far shorter than
 * a tick, but a tick falls inside it as often as the block is long, so the mean over many is right as long
 * as blocks and ticks do not march in step. Audio thread; allocates nothing.
 */
export class LoadMeter {
  #busyMs = 0
  #spanMs = 0

  /**
   * @param elapsedMs ticks of the clock during the block's work; a clock set back counts as none
   * @param blockMs length of the block in audio
   */
  add(elapsedMs: number, blockMs: number): void {
    const kept = Math.exp(-blockMs / memoryMs)
    this.#busyMs = this.#busyMs * kept + Math.max(0, elapsedMs)
    this.#spanMs = this.#spanMs * kept + blockMs
  }

  /** 0 … 1 (more when late), over about the last ten seconds. */
  get load(): number {
    return this.#spanMs === 0 ? 0 : this.#busyMs / this.#spanMs
  }
}
