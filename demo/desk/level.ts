import { decibelsOf, LEVEL_SIZE } from './decibels.ts'
import type { Desk } from './desk.ts'

/** How loud the sound at the desk is. */
export class DeskLevel {
  readonly #desk: Desk
  readonly #samples = new Float32Array(LEVEL_SIZE)
  #analyser: AnalyserNode | null = null

  constructor(desk: Desk) {
    this.#desk = desk
    desk.addEventListener('live', () => this.#open())
  }

  /** dBFS, root mean square over about the last fifth of a second. */
  get decibels(): number {
    // Before anything sounded they are zeros.
    this.#analyser?.getFloatTimeDomainData(this.#samples)
    return decibelsOf(this.#samples)
  }

  #open(): void {
    if (this.#analyser) return
    this.#analyser = new AnalyserNode(this.#desk.context, { fftSize: LEVEL_SIZE })
    this.#desk.output.connect(this.#analyser)
  }
}
