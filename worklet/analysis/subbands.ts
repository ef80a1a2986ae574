import type { Plan, SubbandPlan } from '../../src/plan/index.ts'
import type { Kernel, MemoryLayout } from '../kernel.ts'
import { placeStages } from '../transform-tables.ts'
import type { Analysis } from './analysis.ts'
import { BlockSpectrum } from './block-spectrum.ts'

/**
 * Time-domain filters by overlap-save, two frames a block: each filter's output is a sub-band of the block's spectrum,
 * decimated by folding; its energies are kept from block to block as long as a pooling window is.
 */
export class SubbandAnalysis implements Analysis {
  readonly framesAtOnce = 2
  readonly history: number
  readonly energies: readonly number[]
  readonly #kernel: Kernel
  readonly #plan: SubbandPlan
  readonly #hop: number
  readonly #spectrum: BlockSpectrum
  readonly #folded: number
  readonly #scratch: number
  readonly #fresh: number
  readonly #energyBytes: number
  readonly #groups: readonly Group[]
  /** Blocks before the first that fill the energies kept. */
  readonly #warmUp: number
  /** Whether the energies kept are those of the block before. */
  #warm = false
  #firstCut = Number.POSITIVE_INFINITY

  /** @param cutFrames frames for which `setCutWeights` will give weights. */
  constructor(kernel: Kernel, plan: Plan, analysis: SubbandPlan, cutFrames: number, layout: MemoryLayout) {
    const { grid, groups, spectrum, startWeights } = analysis
    this.#kernel = kernel
    this.#plan = analysis
    this.#hop = plan.hop
    const lowest = Math.min(0, ...groups.map(({ firstBin }) => firstBin))
    const highest = Math.max(grid.size / 2, ...groups.map(({ firstBin, bins }) => firstBin + bins - 1))
    this.#spectrum = new BlockSpectrum(kernel, grid, spectrum, -lowest, highest - grid.size / 2, layout)
    this.#folded = layout.reserve(grid.size * 8)
    this.#scratch = layout.reserve(grid.size * 8)
    this.#fresh = layout.reserve(grid.fifth * 2 * 4)
    // One float more than channels, for lanes without a filter, and whole vectors.
    const floats = Math.ceil((plan.channels + 1) / 4) * 4
    this.#energyBytes = floats * 4
    this.energies = [layout.reserve(floats), layout.reserve(floats)]
    this.#groups = groups.map((group, g) => {
      const freshNodes = (2 * plan.hop) / group.stride
      const keptNodes = Math.max(group.nodes + plan.hop / group.stride, freshNodes)
      return {
        spectra: layout.place(group.spectra),
        stages: placeStages(group.stages, layout),
        twiddles: layout.place(group.twiddles),
        channels: layout.place(group.channels),
        kept: layout.reserve(keptNodes * 4),
        keptNodes,
        freshNodes,
        weights: layout.place(group.weights),
        starts: startWeights.map((frame) => layout.place(frame[g])),
        cuts: Array.from({ length: cutFrames }, () => layout.reserve(group.nodes * 4)),
      }
    })
    this.#warmUp = Math.ceil(
      Math.max(...this.#groups.map(({ keptNodes, freshNodes }) => keptNodes / freshNodes)) - 1,
    )
    this.history = grid.size + this.#warmUp * 2 * plan.hop
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
  }

  /** Gives the weights of frames from `firstFrame` on, whose windows a signal's end cuts off. Allocates views. */
  setCutWeights(firstFrame: number, weights: readonly (readonly Float32Array[])[]): void {
    this.#firstCut = firstFrame
    weights.forEach((frame, i) => {
      frame.forEach((values, g) => {
        new Float32Array(this.#kernel.memory.buffer, this.#groups[g].cuts[i], values.length).set(values)
      })
    })
  }

  #computeBlock(first: number, newest: number): void {
    this.#spectrum.compute(newest)
    this.#kernel.clear(this.energies[0], this.#energyBytes)
    this.#kernel.clear(this.energies[1], this.#energyBytes)
    for (let g = 0; g < this.#groups.length; g++) this.#computeGroup(g, first)
  }

  #computeGroup(g: number, first: number): void {
    const kernel = this.#kernel
    const plan = this.#plan.groups[g]
    const { spectra, stages, twiddles, channels, kept, keptNodes, freshNodes } = this.#groups[g]
    const slots = plan.points * 5
    const firstSlot = ((plan.firstBin % slots) + slots) % slots
    const re = this.#spectrum.re + plan.firstBin * 4
    const im = this.#spectrum.im + plan.firstBin * 4
    if (plan.complex) kernel.foldComplex(re, im, firstSlot, slots, plan.bins, spectra, this.#folded)
    else kernel.foldReal(re, im, firstSlot, slots, plan.bins, spectra, this.#folded)
    kernel.subbandEnergies(this.#folded, this.#scratch, stages, plan.points, twiddles, this.#fresh)
    const old = (keptNodes - freshNodes) * 16
    kernel.move(kept, kept + freshNodes * 16, old)
    // A fifth can be longer than a hop: only the newest nodes are wanted.
    kernel.move(kept + old, this.#fresh + (2 * plan.points - freshNodes) * 16, freshNodes * 16)
    const end = kept + (keptNodes - plan.nodes) * 16
    kernel.pool(end - (freshNodes / 2) * 16, this.#weights(g, first), plan.nodes, channels, this.energies[0])
    kernel.pool(end, this.#weights(g, first + 1), plan.nodes, channels, this.energies[1])
  }

  #weights(g: number, frame: number): number {
    const { weights, starts, cuts } = this.#groups[g]
    if (frame >= this.#firstCut) return cuts[frame - this.#firstCut] ?? weights
    return starts[frame] ?? weights
  }
}

/** Addresses of four filters' own, and how many sampled energies (nodes) of each there are. */
interface Group {
  readonly spectra: number
  readonly stages: number
  readonly twiddles: number
  readonly channels: number
  /** Nodes that the next frames need, oldest first. */
  readonly kept: number
  readonly keptNodes: number
  /** Nodes that a block adds. */
  readonly freshNodes: number
  readonly weights: number
  /** Weights of the first frames, whose windows begin before sample 0. */
  readonly starts: readonly number[]
  /** Weights of frames whose windows the signal's end cuts off. */
  readonly cuts: readonly number[]
}
