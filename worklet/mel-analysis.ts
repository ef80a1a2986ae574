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
  readonly #spectrum: SpectrumAddresses
  readonly #frame: number
  readonly #window: number
  readonly #rows: number
  readonly #weights: number

  constructor(kernel: Kernel, plan: Plan, analysis: MelPlan, layout: MemoryLayout) {
    this.#kernel = kernel
    this.#plan = analysis
    this.#hop = plan.hop
    this.#channels = plan.channels
    this.history = analysis.windowLength
    this.#spectrum = placeSpectrum(analysis.spectrum, layout)
    this.#frame = layout.reserve(analysis.spectrum.size + 4)
    this.#window = layout.place(analysis.window)
    this.#rows = layout.place(analysis.rows)
    this.#weights = layout.place(analysis.weights)
    this.sums = [layout.reserve(plan.channels + 4)]
  }

  newestSample(first: number): number {
    return first * this.#hop + this.#plan.windowLength - 1
  }

  compute(_first: number, newest: number): void {
    const kernel = this.#kernel
    const { windowLength, spectrum } = this.#plan
    const { stages, lanes, unpack, data, half, re, im } = this.#spectrum
    const oldest = newest - (windowLength - 1) * 4
    kernel.windowFrame(oldest, this.#window, windowLength, spectrum.size, this.#frame)
    kernel.realSpectrum(this.#frame, spectrum.size, stages, lanes, unpack, data, half, re, im)
    kernel.powerSpectrum(re, im, spectrum.size / 2 + 1)
    kernel.weigh(re, this.#rows, this.#weights, this.#channels, this.sums[0])
  }
}
