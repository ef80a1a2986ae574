import type { Plan, ResamplerPlan } from '../src/plan/index.ts'
import type { Analysis, AnalysisFactory, ClipAnalysis } from './analysis/index.ts'
import { Compressor } from './compressor.ts'
import { FrameEmitter, type FrameSink } from './frame-emitter.ts'
import { InputStage, SCALE } from './input-stage.ts'
import { instantiateKernel, type Kernel, MemoryLayout } from './kernel.ts'
import { SampleHistory } from './sample-history.ts'

export type { FrameSink } from './frame-emitter.ts'

/** What is beyond cannot be sound: it becomes zero and is counted. The kernel has the same number. */
export const LARGEST_SAMPLE = 1e6

/**
 * Hops of past samples kept at least, for a frontend that is swapped in. Its next frame reaches back a window and a hop
 * from the newest sample, so 24 hops serve windows of up to 23; a longer one hears silence before them at first.
 */
const HOPS_KEPT = 24
/** Samples that come between two moves of those kept: a move of a few thousand samples is then no cost. */
const SPARE = 16384

/**
 * A frontend running on a stream of samples: blocks of any length in, feature frames out, the same bits however the
 * stream is cut. Owns one kernel. On the audio thread with `liveAnalysis`, elsewhere also with `clipAnalysis`, for
 * streams that end. `push` and `reset` allocate nothing; the constructor, `load` and `end` do.
 */
export class StreamEngine<Kind extends Analysis = Analysis> {
  readonly #kernel: Kernel = instantiateKernel()
  readonly #makeAnalysis: AnalysisFactory<Kind>
  #plan: Plan
  #input: InputStage
  #history!: SampleHistory
  #analysis!: Kind
  #emitter!: FrameEmitter

  /** @param resampler from the rate of the samples pushed to the plan's; null when they are equal. */
  constructor(plan: Plan, resampler: ResamplerPlan | null, makeAnalysis: AnalysisFactory<Kind>) {
    this.#makeAnalysis = makeAnalysis
    this.#plan = plan
    this.#input = new InputStage(this.#kernel, resampler)
    this.#layOut(plan, 0, null)
  }

  /** NaN, infinite and absurdly large samples replaced by zero since the stream began. */
  get badSamples(): number {
    return this.#input.badSamples
  }

  /**
   * Changes the frontend of a running stream. With the same rates and hop, samples and frame index go on: no frame is
   * lost, PCEN's smoother starts anew at the next frame. Otherwise the stream begins again at sample and frame 0.
   * On the audio thread only between two blocks: allocates, and may grow the kernel's memory.
   */
  load(plan: Plan, resampler: ResamplerPlan | null): void {
    const goesOn =
      plan.sampleRate === this.#plan.sampleRate &&
      plan.hop === this.#plan.hop &&
      resampler?.inputRate === this.#input.inputRate
    this.#plan = plan
    if (goesOn) {
      this.#layOut(plan, this.#emitter.next, this.#history)
    } else {
      this.#input = new InputStage(this.#kernel, resampler)
      this.#layOut(plan, 0, null)
    }
  }

  /** Begins the next stream: sample 0, frame 0, silence before. */
  reset(): void {
    this.#input.reset()
    this.#history.clear()
    this.#emitter.reset()
  }

  /** Takes mono samples at the input rate and emits the frames that have become final. */
  push(samples: Float32Array, emit: FrameSink): void {
    for (let taken = 0; taken < samples.length; ) {
      taken += this.#input.push(samples, taken, this.#history)
      this.#emitter.emitReady(Number.POSITIVE_INFINITY, emit)
    }
  }

  /**
   * No more samples come until `reset`: brings out what the resampler holds and tells the analysis. Allocates, and may
   * grow the kernel's memory.
   *
   * @returns samples of the whole stream at the frontend's rate.
   */
  end(this: StreamEngine<ClipAnalysis>): number {
    const length = this.#input.drain(this.#history)
    this.#analysis.finish(length)
    this.#bind()
    return length
  }

  /** Emits all frames before `limit` of a stream that has ended. */
  emitAll(limit: number, emit: FrameSink): void {
    this.#emitter.emitAll(limit, emit)
  }

  /**
   * Lays out everything that depends on the frontend behind the input's memory.
   *
   * @param before history of the stream that goes on, null for a new one.
   */
  #layOut(plan: Plan, nextFrame: number, before: SampleHistory | null): void {
    const past = before?.past()
    const kernel = this.#kernel
    const layout = new MemoryLayout(kernel, this.#input.memoryEnd)
    this.#analysis = this.#makeAnalysis(plan, kernel, layout)
    const scale = plan.degree === 2 ? SCALE ** -2 : 1 / SCALE
    const compressor = new Compressor(kernel, plan.compression, plan.channels, scale, layout)
    const { history, framesAtOnce } = this.#analysis
    // The block that comes next lies ahead of the newest sample, save after a swap from a frontend that waits longer.
    const behind = past ? past.end - this.#analysis.newestSample(nextFrame) : 0
    const ahead = 2 * framesAtOnce * plan.hop
    const kept = Math.max(history + Math.max(ahead, behind), HOPS_KEPT * plan.hop)
    this.#history = new SampleHistory(kernel, kept, this.#input.longestAppend + SPARE, layout)
    if (past) this.#history.goOn(past)
    this.#emitter = new FrameEmitter(
      kernel,
      this.#analysis,
      compressor,
      this.#history,
      plan.channels,
      nextFrame,
    )
    this.#bind()
  }

  /** Growing memory ends the views of it. */
  #bind(): void {
    this.#input.bind()
    this.#emitter.bind()
  }
}
