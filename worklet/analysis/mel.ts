import type { MelPlan, Plan } from '../../src/plan/index.ts'
import type { Kernel, MemoryLayout } from '../kernel.ts'
import { placeSpectrum, type SpectrumAddresses } from '../transform-tables.ts'
import type { ClipAnalysis } from './analysis.ts'

/** Mel energies, a frame at a time. Frames share nothing, and behind a signal's end there are zeros. */
export class MelAnalysis implements ClipAnalysis {
  readonly framesAtOnce = 1
  readonly history: number
  readonly energies: readonly number[]
  readonly #kernel: Kernel
  readonly #plan: MelPlan
  readonly #hop: number
  readonly #channels: number
  readonly #window: number
  readonly #spectrum: SpectrumAddresses
  readonly #re: number
  readonly #im: number
  readonly #rows: number
  readonly #weights: number

  constructor(
    kernel: Kernel,
    { hop, channels }: Pick<Plan, 'hop' | 'channels'>,
    analysis: MelPlan,
    layout: MemoryLayout,
  ) {
    this.#kernel = kernel
    this.#plan = analysis
    this.#hop = hop
    this.#channels = channels
    this.history = analysis.windowLength
    this.#window = layout.place(analysis.window)
    this.#spectrum = placeSpectrum(analysis.spectrum, layout)
    // Two floats a bin, bins 0 to size/2, and whole vectors.
    this.#re = layout.reserve(analysis.spectrum.size + 4)
    this.#im = layout.reserve(analysis.spectrum.size + 4)
    this.#rows = layout.place(analysis.rows)
    this.#weights = layout.place(analysis.weights)
    this.energies = [layout.reserve(channels + 4)]
  }

  /** Address of the spectrum of the frame computed last, `size / 2 + 1` values in float64. */
  get spectrum(): number {
    return this.#re
  }

  /** Takes other weights of the same bins. Allocates. */
  setWeights(weights: Float64Array): void {
    new Float64Array(this.#kernel.memory.buffer, this.#weights, weights.length).set(weights)
  }

  newestSample(first: number): number {
    return first * this.#hop + this.#plan.windowLength - 1
  }

  compute(_first: number, newest: number): number {
    const { windowLength, window, spectrum, magnitudes } = this.#plan
    const { stages, roots, data } = this.#spectrum
    const oldest = newest - (windowLength - 1) * 4
    const vectors = window.length / 4
    this.#kernel.powerSpectrum(
      oldest,
      vectors,
      this.#window,
      spectrum.size,
      stages,
      roots,
      data,
      this.#re,
      this.#im,
    )
    if (magnitudes) this.#kernel.squareRoots(this.#re, spectrum.size)
    this.#kernel.weigh(this.#re, this.#rows, this.#weights, this.#channels, this.energies[0])
    return 1
  }

  reset(): void {}

  finish(): void {}
}
