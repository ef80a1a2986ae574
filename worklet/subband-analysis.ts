import type { Plan, SubbandPlan } from '../src/plan/index.ts'
import type { Analysis } from './analysis.ts'
import { BlockSpectrum } from './block-spectrum.ts'
import type { Kernel, MemoryLayout } from './kernel.ts'
import { placeStages } from './spectrum.ts'

/** Time-domain filters as sub-bands of one spectrum, two frames at a time. */
export class SubbandAnalysis implements Analysis {
  readonly framesAtOnce = 2
  readonly history: number
  readonly warmUp: number
  readonly sums: readonly number[]
  readonly #kernel: Kernel
  readonly #plan: SubbandPlan
  readonly #hop: number
  readonly #spectrum: BlockSpectrum
  readonly #folded: number
  readonly #scratch: number
  readonly #fresh: number
  readonly #sumBytes: number
  readonly #groups: readonly {
    readonly spectra: number
    readonly stages: number
    readonly twiddles: number
    readonly channels: number
    readonly kept: number
    readonly keptNodes: number
    readonly freshNodes: number
    readonly weights: number
    readonly starts: readonly number[]
    readonly edges: readonly number[]
  }[]
  #edge = Number.POSITIVE_INFINITY

  /** @param edgeFrames frames of a clip's end for which `setEdge` will give weights. */
  constructor(kernel: Kernel, plan: Plan, analysis: SubbandPlan, edgeFrames: number, layout: MemoryLayout) {
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
    // One place more than channels, for lanes without a filter, and whole vectors.
    const places = Math.ceil((plan.channels + 1) / 4) * 4
    this.#sumBytes = places * 4
    this.sums = [layout.reserve(places), layout.reserve(places)]
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
        edges: Array.from({ length: edgeFrames }, () => layout.reserve(group.nodes * 4)),
      }
    })
    this.history = grid.size
    this.warmUp = Math.ceil(
      Math.max(...this.#groups.map(({ keptNodes, freshNodes }) => keptNodes / freshNodes)) - 1,
    )
  }

  newestSample(first: number): number {
    return (first + 1) * this.#hop + this.#plan.windowEnd + this.#plan.grid.reach
  }

  compute(first: number, newest: number): void {
    this.#spectrum.compute(newest)
    this.#kernel.clear(this.sums[0], this.#sumBytes)
    this.#kernel.clear(this.sums[1], this.#sumBytes)
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
    // A fifth can be longer than a hop: only the newest positions are wanted.
    kernel.move(kept + old, this.#fresh + (2 * plan.points - freshNodes) * 16, freshNodes * 16)
    const end = kept + (keptNodes - plan.nodes) * 16
    kernel.pool(end - (freshNodes / 2) * 16, this.#weights(g, first), plan.nodes, channels, this.sums[0])
    kernel.pool(end, this.#weights(g, first + 1), plan.nodes, channels, this.sums[1])
  }

  #weights(g: number, frame: number): number {
    const { weights, starts, edges } = this.#groups[g]
    if (frame >= this.#edge) return edges[frame - this.#edge] ?? weights
    return starts[frame] ?? weights
  }

  /** Gives the weights of frames from `firstFrame` on, whose windows the end of a clip cuts off. */
  setEdge(firstFrame: number, weights: readonly (readonly Float32Array[])[]): void {
    this.#edge = firstFrame
    weights.forEach((frame, i) => {
      frame.forEach((values, g) => {
        new Float32Array(this.#kernel.memory.buffer, this.#groups[g].edges[i], values.length).set(values)
      })
    })
  }
}
