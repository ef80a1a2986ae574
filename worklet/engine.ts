import { frameCount, geometryOf } from '../src/frontend/index.ts'
import { type EdgePlan, edgePlan } from '../src/plan/index.ts'
import { FullRateAnalysis } from './full-rate-analysis.ts'
import { type FrameSink, StreamEngine } from './stream-engine.ts'
import { SubbandAnalysis } from './subband-analysis.ts'

export type { FrameSink } from './stream-engine.ts'

/** How the last frames of clips are computed whose windows the clip's end cuts off. */
interface ClipEnd {
  /** The layout of the kernel's memory that it belongs to. */
  readonly layout: number
  readonly plan: EdgePlan
  readonly analysis: SubbandAnalysis
  readonly weights: Map<string, Float32Array[][]>
}

/**
 * A frontend running on a stream of samples, or on whole clips with their ends: one engine for the audio thread,
 * workers and Node. `finish` and `clip` allocate.
 */
export class Engine extends StreamEngine {
  #end: ClipEnd | null = null

  /**
   * Ends the stream: emits the frames left, with energies after the last sample being zero as in the official code.
   * Allocates; for clips, not for the audio thread.
   */
  finish(emit: FrameSink): void {
    const length = this.drain()
    const geometry = geometryOf(this.plan.frontend)
    const frames = frameCount(geometry, length)
    if (this.analysis instanceof SubbandAnalysis) {
      const { windowLength, hop, poolingLeft } = geometry
      const inside = Math.max(0, Math.floor((length - windowLength + poolingLeft) / hop) + 1)
      this.emitUpTo(Math.min(inside, frames), emit)
      if (inside < frames) this.emitUpToBy(this.#clipEnd(length, inside, frames), frames, emit)
    } else if (this.analysis instanceof FullRateAnalysis) {
      this.analysis.end = length
      this.emitUpTo(frames, emit)
      this.analysis.end = Number.POSITIVE_INFINITY
    } else {
      this.emitUpTo(frames, emit)
    }
  }

  /** Features of a whole clip, frames × channels. Resets before and after; allocates. */
  clip(samples: Float32Array): { frames: number; channels: number; values: Float32Array } {
    const { channels } = this.plan
    this.reset()
    const rows: Float32Array[] = []
    const collect: FrameSink = (_, values) => rows.push(values.slice())
    this.push(samples, collect)
    this.finish(collect)
    this.reset()
    const values = new Float32Array(rows.length * channels)
    rows.forEach((row, i) => values.set(row, i * channels))
    return { frames: rows.length, channels, values }
  }

  /** The analysis of frames from `firstFrame` on, which a clip's end cuts off. Made when first needed. */
  #clipEnd(length: number, firstFrame: number, frames: number): SubbandAnalysis {
    const { hop } = this.plan
    const { plan, analysis, weights } = this.#ending()
    // Clips of one length, as in training, share their last frames' weights.
    const key = firstFrame > 0 ? `${length - firstFrame * hop} ${frames - firstFrame}` : `${length}`
    const known = weights.get(key) ?? plan.weights(length, firstFrame, frames)
    weights.set(key, known)
    analysis.setEdge(firstFrame, known)
    return analysis
  }

  #ending(): ClipEnd {
    if (this.#end?.layout === this.layouts) return this.#end
    const geometry = geometryOf(this.plan.frontend)
    const plan = edgePlan(this.plan.frontend, geometry)
    const most = Math.ceil(geometry.windowLength / geometry.hop) + 1
    const analysis = this.layOutBehind(
      (layout) => new SubbandAnalysis(this.kernel, this.plan, plan.analysis, most, layout),
    )
    this.#end = { layout: this.layouts, plan, analysis, weights: new Map() }
    return this.#end
  }
}
