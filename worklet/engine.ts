import { frameCount, geometryOf } from '../src/frontend/index.ts'
import type { Plan, ResamplerPlan } from '../src/plan/index.ts'
import type { ClipAnalysis } from './analysis/index.ts'
import { clipAnalysis } from './clip-analysis.ts'
import { type FrameSink, StreamEngine } from './stream-engine.ts'

export type { FrameSink } from './stream-engine.ts'

/**
 * A frontend running on a stream of samples, or on whole clips with their ends: the audio thread's engine for workers and
 * Node, bit for bit.
 */
export class Engine {
  readonly #stream: StreamEngine<ClipAnalysis>
  #plan: Plan

  /** @param resampler from the rate of the samples pushed to the plan's; null when they are equal. */
  constructor(plan: Plan, resampler: ResamplerPlan | null) {
    this.#plan = plan
    this.#stream = new StreamEngine(plan, resampler, clipAnalysis)
  }

  /** NaN, infinite and absurdly large samples replaced by zero since the stream began. */
  get badSamples(): number {
    return this.#stream.badSamples
  }

  /** Changes the frontend of a running stream, as `StreamEngine.load` does. Allocates. */
  load(plan: Plan, resampler: ResamplerPlan | null): void {
    this.#plan = plan
    this.#stream.load(plan, resampler)
  }

  /** Begins the next stream: sample 0, frame 0, silence before. */
  reset(): void {
    this.#stream.reset()
  }

  /** Takes mono samples at the input rate and emits the frames that have become final. Allocates nothing. */
  push(samples: Float32Array, emit: FrameSink): void {
    this.#stream.push(samples, emit)
  }

  /**
   * Ends the stream: emits the frames left, with energies after the last sample being zero as in the official code.
   * Allocates. `reset` begins the next one.
   */
  finish(emit: FrameSink): void {
    const length = this.#stream.end()
    this.#stream.emitAll(frameCount(geometryOf(this.#plan.frontend), length), emit)
  }

  /** Features of a whole clip, frames × channels. Resets before and after; allocates. */
  clip(samples: Float32Array): { frames: number; channels: number; values: Float32Array } {
    const { channels } = this.#plan
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
}
