import type { Desk } from './desk.ts'

/** Samples: about a fifth of a second. */
const SIZE = 8192
/** dBFS, as of digital silence. */
const LEAST = -120

/** How loud the sound at the desk is. */
export class DeskLevel {
  readonly #desk: Desk
  readonly #samples = new Float32Array(SIZE)
  #analyser: AnalyserNode | null = null

  constructor(desk: Desk) {
    this.#desk = desk
    desk.addEventListener('live', () => this.#open())
  }

  /** dBFS, root mean square over about the last fifth of a second. */
  get decibels(): number {
    if (!this.#analyser) return LEAST
    this.#analyser.getFloatTimeDomainData(this.#samples)
    let sum = 0
    for (const sample of this.#samples) sum += sample * sample
    return Math.max(LEAST, 10 * Math.log10(sum / SIZE))
  }

  #open(): void {
    if (this.#analyser) return
    this.#analyser = new AnalyserNode(this.#desk.context, { fftSize: SIZE })
    this.#desk.output.connect(this.#analyser)
  }
}
