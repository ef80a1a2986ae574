import type { FullRatePlan, Plan } from '../../src/plan/index.ts'
import type { Kernel, MemoryLayout } from '../kernel.ts'
import { placeStages } from '../transform-tables.ts'
import type { ClipAnalysis } from './analysis.ts'
import { BlockSpectrum } from './block-spectrum.ts'

/** Time-domain filters at every sample by overlap-save, rectified and pooled as they are, two frames a block. */
export class FullRateAnalysis implements ClipAnalysis {
  readonly framesAtOnce = 2
  readonly history: number
  readonly energies: readonly number[]
  readonly #kernel: Kernel
  readonly #plan: FullRatePlan
  readonly #hop: number
  readonly #spectrum: BlockSpectrum
  readonly #folded: number
  readonly #scratch: number
  readonly #stages: number
  readonly #twiddles: number
  readonly #slope: number
  /** Outputs of a group in the third and fourth fifth of the block. */
  readonly #outputs: number
  /** Two hops of what stands for outputs outside of the signal. */
  readonly #outside: number
  readonly #energyBytes: number
  readonly #groups: readonly Group[]
  /** Blocks before the first that fill the outputs kept. */
  readonly #warmUp: number
  /** Whether the outputs kept are those of the block before. */
  #warm = false
  /** Samples of the signal: outputs from there on do not count. */
  #length = Number.POSITIVE_INFINITY

  constructor(kernel: Kernel, plan: Plan, analysis: FullRatePlan, layout: MemoryLayout) {
    const { grid, spectrum, windowLength, maximum } = analysis
    const { hop, channels } = plan
    this.#kernel = kernel
    this.#plan = analysis
    this.#hop = hop
    this.#spectrum = new BlockSpectrum(kernel, grid, spectrum, 0, grid.size / 2 - 1, layout)
    this.#folded = layout.reserve(grid.size * 8)
    this.#scratch = layout.reserve(grid.size * 8)
    this.#stages = placeStages(analysis.stages, layout)
    this.#twiddles = layout.place(analysis.twiddles)
    this.#slope = layout.place(Float32Array.of(analysis.slope ?? 1))
    this.#outputs = layout.reserve(grid.fifth * 2 * 4)
    this.#outside = layout.place(new Float32Array(hop * 2 * 4).fill(maximum ? Number.NEGATIVE_INFINITY : 0))
    // One float more than channels, for lanes without a filter, and whole vectors.
    const floats = Math.ceil((channels + 1) / 4) * 4
    this.#energyBytes = floats * 4
    this.energies = [layout.reserve(floats), layout.reserve(floats)]
    const kept = maximum ? (Math.floor(windowLength / hop) + 1) * 2 : windowLength + hop
    this.#groups = analysis.groups.map((group) => ({
      spectra: layout.place(group.spectra),
      channels: layout.place(group.channels),
      weights: layout.place(group.weights),
      kept: layout.reserve(kept * 4),
    }))
    this.#warmUp = Math.ceil(windowLength / (2 * hop))
    this.history = grid.size + this.#warmUp * 2 * hop
  }

  newestSample(first: number): number {
    return (first + 1) * this.#hop + this.#plan.windowEnd + this.#plan.grid.reach
  }

  compute(first: number, newest: number): number {
    const blockBytes = 2 * this.#hop * 4
    for (let block = this.#warm ? 0 : this.#warmUp; block >= 0; block--)
      this.#computeBlock(first - 2 * block, newest - block * blockBytes)
    this.#warm = true
    return 2
  }

  reset(): void {
    this.#warm = false
    this.#length = Number.POSITIVE_INFINITY
  }

  finish(length: number): void {
    this.#length = length
  }

  #computeBlock(first: number, newest: number): void {
    const kernel = this.#kernel
    this.#spectrum.compute(newest)
    kernel.clear(this.energies[0], this.#energyBytes)
    kernel.clear(this.energies[1], this.#energyBytes)
    // Two fifths can be longer than two hops: only the newest outputs are wanted.
    const outputs = this.#outputs + (this.#plan.grid.fifth - this.#hop) * 2 * 16
    for (let g = 0; g < this.#groups.length; g++) {
      this.#filter(this.#groups[g].spectra)
      this.#blankOutside(outputs, first)
      if (this.#plan.maximum) this.#poolMaxima(outputs, this.#groups[g])
      else this.#weigh(outputs, this.#groups[g])
    }
  }

  /** Rectified outputs of a group. */
  #filter(spectra: number): void {
    const kernel = this.#kernel
    const { grid, points, slope } = this.#plan
    const { re, im } = this.#spectrum
    const folded = this.#folded
    kernel.foldComplex(re, im, 0, points * 5, grid.size, spectra, folded)
    if (slope === null) {
      kernel.subbandEnergies(folded, this.#scratch, this.#stages, points, this.#twiddles, this.#outputs)
    } else {
      const at = this.#slope
      kernel.realOutputs(folded, this.#scratch, this.#stages, points, this.#twiddles, at, this.#outputs)
    }
  }

  /** Outputs before sample 0 and from the signal's end on do not count. */
  #blankOutside(outputs: number, first: number): void {
    const count = 2 * this.#hop
    const position = (first + 1) * this.#hop + this.#plan.windowEnd + 1 - count
    const before = Math.min(count, -position)
    if (before > 0) this.#kernel.move(outputs, this.#outside, before * 16)
    const inside = Math.max(0, this.#length - position)
    if (inside < count) this.#kernel.move(outputs + inside * 16, this.#outside, (count - inside) * 16)
  }

  #weigh(outputs: number, { channels, weights, kept }: Group): void {
    const kernel = this.#kernel
    const { windowLength } = this.#plan
    const hopBytes = this.#hop * 16
    const oldBytes = windowLength * 16 - hopBytes
    kernel.move(kept, kept + 2 * hopBytes, oldBytes)
    kernel.move(kept + oldBytes, outputs, 2 * hopBytes)
    kernel.pool(kept, weights, windowLength, channels, this.energies[0])
    kernel.pool(kept + hopBytes, weights, windowLength, channels, this.energies[1])
  }

  #poolMaxima(outputs: number, { channels, kept }: Group): void {
    const { windowLength } = this.#plan
    const hop = this.#hop
    const hops = Math.floor(windowLength / hop)
    const rest = windowLength % hop
    this.#kernel.poolMaximum(outputs, hop, rest, kept, hops, channels, this.energies[0])
    this.#kernel.poolMaximum(outputs + hop * 16, hop, rest, kept, hops, channels, this.energies[1])
  }
}

/** Addresses of four filters' own. */
interface Group {
  readonly spectra: number
  readonly channels: number
  readonly weights: number
  /** Outputs, or maxima of hops, that coming frames need again. */
  readonly kept: number
}
