import { frameCount, geometryOf } from '../src/frontend/index.ts'
import { type EdgePlan, edgePlan, type Plan, type SubbandPlan } from '../src/plan/index.ts'
import {
  type ClipAnalysis,
  FullRateAnalysis,
  MelAnalysis,
  SampleAnalysis,
  SubbandAnalysis,
} from './analysis/index.ts'
import type { Kernel, MemoryLayout } from './kernel.ts'

/** The analysis of a signal that ends. Needs the compiler of plans, so it is not for the audio thread. */
export function clipAnalysis(plan: Plan, kernel: Kernel, layout: MemoryLayout): ClipAnalysis {
  const { analysis } = plan
  switch (analysis.kind) {
    case 'mel':
      return new MelAnalysis(kernel, plan, analysis, layout)
    case 'subbands':
      return new ClipSubbands(kernel, plan, analysis, layout)
    case 'full-rate':
      return new FullRateAnalysis(kernel, plan, analysis, layout)
    case 'samples':
      return new SampleAnalysis(kernel, plan, layout)
  }
}

/** What computes the last frames of clips, whose windows the clip's end cuts off. */
interface Edge {
  readonly plan: EdgePlan
  readonly analysis: SubbandAnalysis
  /** Weights of last frames, by where the clip ends among them. */
  readonly weights: Map<string, Float32Array[][]>
}

/** Sub-bands of a signal that ends: frames that the end cuts off have an analysis of their own, made when first needed. */
class ClipSubbands implements ClipAnalysis {
  readonly framesAtOnce: number
  readonly history: number
  readonly #kernel: Kernel
  readonly #plan: Plan
  readonly #layout: MemoryLayout
  readonly #inside: SubbandAnalysis
  #edge: Edge | null = null
  /** First frame that the end cuts off. */
  #firstCut = Number.POSITIVE_INFINITY
  #energies: readonly number[]

  constructor(kernel: Kernel, plan: Plan, analysis: SubbandPlan, layout: MemoryLayout) {
    this.#kernel = kernel
    this.#plan = plan
    this.#layout = layout
    this.#inside = new SubbandAnalysis(kernel, plan, analysis, 0, layout)
    this.framesAtOnce = this.#inside.framesAtOnce
    this.history = this.#inside.history
    this.#energies = this.#inside.energies
  }

  get energies(): readonly number[] {
    return this.#energies
  }

  newestSample(first: number): number {
    return this.#inside.newestSample(first)
  }

  compute(first: number, newest: number): number {
    if (first >= this.#firstCut && this.#edge) {
      this.#energies = this.#edge.analysis.energies
      return this.#edge.analysis.compute(first, newest)
    }
    this.#energies = this.#inside.energies
    return Math.min(this.#inside.compute(first, newest), this.#firstCut - first)
  }

  reset(): void {
    this.#inside.reset()
    this.#firstCut = Number.POSITIVE_INFINITY
  }

  finish(length: number): void {
    const geometry = geometryOf(this.#plan.frontend)
    const { windowLength, hop, poolingLeft } = geometry
    const firstCut = Math.max(0, Math.floor((length - windowLength + poolingLeft) / hop) + 1)
    const frames = frameCount(geometry, length)
    if (firstCut >= frames) return
    this.#firstCut = firstCut
    this.#edge ??= this.#makeEdge()
    const { plan, analysis, weights } = this.#edge
    // Clips of one length, as in training, share their last frames' weights.
    const key = firstCut > 0 ? `${length - firstCut * hop} ${frames - firstCut}` : `${length}`
    const known = weights.get(key) ?? plan.weights(length, firstCut, frames)
    weights.set(key, known)
    analysis.reset()
    analysis.setCutWeights(firstCut, known)
  }

  #makeEdge(): Edge {
    const geometry = geometryOf(this.#plan.frontend)
    const plan = edgePlan(this.#plan.frontend, geometry)
    const frames = Math.ceil(geometry.windowLength / geometry.hop) + 1
    const analysis = new SubbandAnalysis(this.#kernel, this.#plan, plan.analysis, frames, this.#layout)
    return { plan, analysis, weights: new Map() }
  }
}
