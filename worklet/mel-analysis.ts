import type { MelPlan, Plan } from '../src/plan/index.ts'
import type { Analysis } from './analysis.ts'
import type { Kernel, MemoryLayout } from './kernel.ts'
import { placeSpectrum, type SpectrumAddresses } from './spectrum.ts'

/** Mel energies, a frame at a time. */
export class MelAnalysis implements Analysis {
  readonly framesAtOnce = 1
  readonly history: number
  readonly warmUp = 0
  readonly sums: readonly number[]
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

  constructor(kernel: Kernel, plan: Plan, analysis: MelPlan, layout: MemoryLayout) {
    this.#kernel = kernel
    this.#plan = analysis
    this.#hop = plan.hop
    this.#channels = plan.channels
    this.history = analysis.windowLength
    this.#window = layout.place(analysis.window)
    this.#spectrum = placeSpectrum(analysis.spectrum, layout)
    // Two floats a bin, bins 0 to size/2, and whole vectors.
    this.#re = layout.reserve(analysis.spectrum.size + 4)
    this.#im = layout.reserve(analysis.spectrum.size + 4)
    this.#rows = layout.place(analysis.rows)
    this.#weights = layout.place(analysis.weights)
    this.sums = [layout.reserve(plan.channels + 4)]
  }

  newestSample(first: number): number {
    return first * this.#hop + this.#plan.windowLength - 1
  }

  compute(_first: number, newest: number): void {
    const { windowLength, window, spectrum } = this.#plan
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
    this.#kernel.weigh(this.#re, this.#rows, this.#weights, this.#channels, this.sums[0])
  }
}
