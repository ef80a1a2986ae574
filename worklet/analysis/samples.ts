import type { Plan } from '../../src/plan/index.ts'
import type { Kernel, MemoryLayout } from '../kernel.ts'
import type { ClipAnalysis } from './analysis.ts'

/** The samples of each hop as they are. Frames share nothing, and behind a signal's end there are zeros. */
export class SampleAnalysis implements ClipAnalysis {
  readonly framesAtOnce = 1
  readonly history: number
  readonly energies: readonly number[]
  readonly #kernel: Kernel
  readonly #hop: number

  constructor(kernel: Kernel, { hop }: Pick<Plan, 'hop'>, layout: MemoryLayout) {
    this.#kernel = kernel
    this.#hop = hop
    this.history = hop
    // The floor reads and writes whole vectors.
    this.energies = [layout.reserve(Math.ceil(hop / 4) * 4)]
  }

  newestSample(first: number): number {
    return (first + 1) * this.#hop - 1
  }

  compute(_first: number, newest: number): number {
    this.#kernel.move(this.energies[0], newest - (this.#hop - 1) * 4, this.#hop * 4)
    return 1
  }

  reset(): void {}

  finish(): void {}
}
