import { frameCount, geometryOf } from '../src/frontend/index.ts'
import { type EdgePlan, edgePlan, type Plan, type ResamplerPlan } from '../src/plan/index.ts'
import type { Analysis } from './analysis.ts'
import { Compressor } from './compressor.ts'
import { instantiateKernel, type Kernel, MemoryLayout } from './kernel.ts'
import { MelAnalysis } from './mel-analysis.ts'
import { SubbandAnalysis } from './subband-analysis.ts'

/** Receives a frame. `values` is a view of the kernel's memory, valid during the call only. */
export type FrameSink = (index: number, values: Float32Array) => void

/** Samples taken at once; longer blocks are cut. */
const CHUNK = 2048
/** Samples are computed at this scale, a power of two, so that nothing on the way is denormal. */
const SCALE = 2 ** 20
/** Hops of past samples kept at least, for a frontend that is swapped in. */
const HOPS_KEPT = 24

/**
 * A frontend running on a stream of samples: blocks of any length in, feature frames out, the same bits however the
 * stream is cut. One engine for the audio thread, workers and Node; owns one kernel. After construction `push`
 * allocates nothing; `load` and `finish` do.
 */
export class Engine {
  readonly #kernel: Kernel = instantiateKernel()
  #plan!: Plan
  #resampler: ResamplerPlan | null = null
  #analysis!: Analysis
  #compressor!: Compressor
  #input!: Float32Array
  #inputAddress = 0
  #cleaned = 0
  /** Past and pending samples at the frontend's rate. */
  #buffer = 0
  #capacity = 0
  #keep = 0
  #outputsOfChunk = 0
  #filled = 0
  /** Absolute index of the buffer's first sample. */
  #base = 0
  #nextFrame = 0
  /** Whether the energies kept belong to the frames before the next. */
  #warm = false
  #samplesIn = 0
  #badSamples = 0
  #frame!: Float32Array
  #streamEnd = 0
  #layoutEnd = 0
  #end: { plan: EdgePlan; analysis: SubbandAnalysis; weights: Map<string, Float32Array[][]> } | null = null

  /** @param resampler from the rate of the samples pushed to the plan's; null when they are equal. */
  constructor(plan: Plan, resampler: ResamplerPlan | null) {
    this.load(plan, resampler)
  }

  /** NaN, infinite and absurdly large samples replaced by zero so far. */
  get badSamples(): number {
    return this.#badSamples
  }

  /**
   * Changes the frontend of a running stream. With the same rates and hop, samples and frame index go on: no frame is
   * lost, PCEN's smoother starts anew at the next frame. Otherwise the stream begins again at sample and frame 0.
   */
  load(plan: Plan, resampler: ResamplerPlan | null): void {
    const goesOn =
      this.#plan !== undefined &&
      plan.sampleRate === this.#plan.sampleRate &&
      plan.hop === this.#plan.hop &&
      resampler?.inputRate === this.#resampler?.inputRate
    const past = goesOn ? this.#past() : null
    this.#plan = plan
    this.#warm = false
    this.#end = null
    this.#layOut(plan, resampler, goesOn)
    if (past) this.#restore(past)
    else this.reset()
  }

  /** Begins the next stream: sample 0, frame 0, silence before. */
  reset(): void {
    this.#samplesIn = 0
    this.#badSamples = 0
    this.#nextFrame = 0
    this.#warm = false
    if (this.#resampler) this.#kernel.resamplerReset()
    this.#compressor.reset()
    this.#base = -this.#keep
    this.#filled = this.#keep
    this.#kernel.clear(this.#buffer, this.#keep * 4)
  }

  /** Takes mono samples at the input rate and emits the frames that have become final. Any thread; allocates nothing. */
  push(samples: Float32Array, emit: FrameSink): void {
    for (let offset = 0; offset < samples.length; offset += CHUNK) {
      const count = Math.min(CHUNK, samples.length - offset)
      if (count === samples.length) this.#input.set(samples)
      else for (let i = 0; i < count; i++) this.#input[i] = samples[offset + i]
      this.#take(count)
      this.#emitReady(emit, Number.POSITIVE_INFINITY)
    }
  }

  /**
   * Ends the stream: emits the frames left, with energies after the last sample being zero as in the official code.
   * Allocates; for clips, not for the audio thread.
   */
  finish(emit: FrameSink): void {
    const length = this.#modelLength()
    if (this.#resampler) this.#flushResampler(this.#resampler)
    this.#filled = Math.min(this.#filled, length - this.#base)
    const geometry = geometryOf(this.#plan.frontend)
    const frames = frameCount(geometry, length)
    if (this.#plan.analysis.kind === 'mel') {
      this.#emitUpTo(frames, emit)
      return
    }
    const { windowLength, hop, poolingLeft } = geometry
    const inside = Math.max(0, Math.floor((length - windowLength + poolingLeft) / hop) + 1)
    this.#emitUpTo(Math.min(inside, frames), emit)
    const analysis = this.#analysis
    this.#analysis = this.#clipEnd(length, inside, frames)
    this.#warm = false
    this.#emitUpTo(frames, emit)
    this.#analysis = analysis
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

  #layOut(plan: Plan, resampler: ResamplerPlan | null, goesOn: boolean): void {
    const kernel = this.#kernel
    if (!goesOn) this.#placeResampler(resampler)
    const layout = new MemoryLayout(kernel, this.#streamEnd)
    const { analysis } = plan
    const geometry = geometryOf(plan.frontend)
    this.#analysis =
      analysis.kind === 'mel'
        ? new MelAnalysis(kernel, plan, analysis, layout)
        : new SubbandAnalysis(
            kernel,
            plan,
            analysis,
            geometry.windowLength - 1 - geometry.poolingLeft,
            0,
            layout,
          )
    this.#compressor = new Compressor(kernel, plan.compression, plan.channels, SCALE ** -2, layout)
    const advance = this.#analysis.framesAtOnce * plan.hop
    this.#keep = Math.max(
      this.#analysis.history + (this.#analysis.warmUp + 2) * advance,
      HOPS_KEPT * plan.hop,
    )
    this.#capacity = this.#keep + this.#outputsOfChunk + 8 * CHUNK
    this.#buffer = layout.reserve(this.#capacity)
    this.#layoutEnd = layout.end
    this.#bindViews()
  }

  /** What a running stream keeps when its frontend changes lies first: the input and the resampler. */
  #placeResampler(resampler: ResamplerPlan | null): void {
    const layout = new MemoryLayout(this.#kernel, this.#kernel.heapStart())
    this.#inputAddress = layout.reserve(CHUNK)
    this.#cleaned = layout.reserve(CHUNK)
    this.#resampler = resampler
    this.#outputsOfChunk = CHUNK
    if (resampler) {
      const { table, taps, rows, phases, step } = resampler
      const capacity = taps + 2 * CHUNK
      const history = layout.reserve(capacity)
      this.#kernel.resamplerConfigure(layout.place(table), taps, rows, phases, step, history, capacity)
      this.#outputsOfChunk = Math.ceil((CHUNK * phases) / step) + 1
    }
    this.#streamEnd = layout.end
  }

  #take(count: number): void {
    const kernel = this.#kernel
    this.#samplesIn += count
    this.#makeRoom(this.#outputsOfChunk)
    const end = this.#buffer + this.#filled * 4
    if (this.#resampler) {
      this.#badSamples += kernel.clean(this.#inputAddress, this.#cleaned, count, SCALE)
      this.#filled += kernel.resamplerPush(this.#cleaned, count, end)
    } else {
      this.#badSamples += kernel.clean(this.#inputAddress, end, count, SCALE)
      this.#filled += count
    }
  }

  /** Moves the samples kept to the buffer's front when the next ones would not fit behind. */
  #makeRoom(count: number): void {
    if (this.#filled + count <= this.#capacity) return
    const dropped = this.#filled - this.#keep
    this.#kernel.move(this.#buffer, this.#buffer + dropped * 4, this.#keep * 4)
    this.#base += dropped
    this.#filled = this.#keep
  }

  #emitReady(emit: FrameSink, limit: number): void {
    while (this.#nextFrame < limit) {
      const newest = this.#analysis.newestSample(this.#nextFrame) - this.#base
      if (newest >= this.#filled) return
      if (!this.#warm) this.#warmUp()
      this.#analysis.compute(this.#nextFrame, this.#buffer + newest * 4)
      for (let i = 0; i < this.#analysis.framesAtOnce && this.#nextFrame < limit; i++) {
        this.#compressor.apply(this.#analysis.sums[i])
        emit(this.#nextFrame, this.#frame)
        this.#nextFrame++
      }
    }
  }

  /** Fills the energies kept between blocks from the samples before the next frames. */
  #warmUp(): void {
    const { warmUp, framesAtOnce } = this.#analysis
    for (let block = warmUp; block > 0; block--) {
      const first = this.#nextFrame - block * framesAtOnce
      const newest = this.#analysis.newestSample(first) - this.#base
      this.#analysis.compute(first, this.#buffer + newest * 4)
    }
    this.#warm = true
  }

  #past(): { samples: Float32Array; end: number } {
    const count = Math.min(this.#filled, this.#keep)
    const start = this.#buffer + (this.#filled - count) * 4
    const samples = new Float32Array(this.#kernel.memory.buffer, start, count).slice()
    return { samples, end: this.#base + this.#filled }
  }

  /** Puts past samples where the new frontend looks for them. */
  #restore({ samples, end }: { samples: Float32Array; end: number }): void {
    const history = samples.subarray(Math.max(0, samples.length - this.#keep))
    const start = this.#buffer + (this.#keep - history.length) * 4
    new Float32Array(this.#kernel.memory.buffer, start, history.length).set(history)
    this.#base = end - this.#keep
    this.#filled = this.#keep
  }

  /** Samples of the stream at the frontend's rate. */
  #modelLength(): number {
    if (!this.#resampler) return this.#samplesIn
    const { phases, step } = this.#resampler
    return Math.ceil((this.#samplesIn * phases) / step)
  }

  /** Brings the last samples out of the resampler. */
  #flushResampler(resampler: ResamplerPlan): void {
    const zeros = resampler.taps / 2
    this.#makeRoom(this.#outputsOfChunk)
    this.#kernel.clear(this.#cleaned, zeros * 4)
    this.#filled += this.#kernel.resamplerPush(this.#cleaned, zeros, this.#buffer + this.#filled * 4)
  }

  #appendSilence(count: number): void {
    this.#makeRoom(count)
    this.#kernel.clear(this.#buffer + this.#filled * 4, count * 4)
    this.#filled += count
  }

  /** Emits frames before `limit`, with silence for the samples that the stream does not have. */
  #emitUpTo(limit: number, emit: FrameSink): void {
    while (this.#nextFrame < limit) {
      const missing = this.#analysis.newestSample(this.#nextFrame) + 1 - this.#base - this.#filled
      if (missing > 0) this.#appendSilence(Math.min(missing, CHUNK))
      this.#emitReady(emit, limit)
    }
  }

  /** The analysis of frames from `firstFrame` on, which a clip's end cuts off. Made when first needed. */
  #clipEnd(length: number, firstFrame: number, frames: number): Analysis {
    const geometry = geometryOf(this.#plan.frontend)
    if (!this.#end) {
      const plan = edgePlan(this.#plan.frontend, geometry)
      const windowEnd = geometry.windowLength - 1 - geometry.poolingLeft
      const most = Math.ceil(geometry.windowLength / geometry.hop) + 1
      const layout = new MemoryLayout(this.#kernel, this.#layoutEnd)
      const analysis = new SubbandAnalysis(this.#kernel, this.#plan, plan.analysis, windowEnd, most, layout)
      this.#end = { plan, analysis, weights: new Map() }
      this.#bindViews()
    }
    const { plan, analysis, weights } = this.#end
    // Clips of one length, as in training, share their last frames' weights.
    const key = firstFrame > 0 ? `${length - firstFrame * geometry.hop} ${frames - firstFrame}` : `${length}`
    const known = weights.get(key) ?? plan.weights(length, firstFrame, frames)
    weights.set(key, known)
    analysis.setEdge(firstFrame, known)
    return analysis
  }

  /** Growing memory ends the views of it. */
  #bindViews(): void {
    const { buffer } = this.#kernel.memory
    this.#input = new Float32Array(buffer, this.#inputAddress, CHUNK)
    this.#frame = new Float32Array(buffer, this.#compressor.output, this.#plan.channels)
  }
}
