import type { Plan, ResamplerPlan } from '../src/plan/index.ts'
import type { Analysis } from './analysis.ts'
import { Compressor } from './compressor.ts'
import { FullRateAnalysis } from './full-rate-analysis.ts'
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
 * A frontend running on a stream of samples that has no end: blocks of any length in, feature frames out, the same
 * bits however the stream is cut. All that the audio thread needs of the engine; owns one kernel. After construction
 * `push` allocates nothing; `load` does.
 */
export class StreamEngine {
  protected readonly kernel: Kernel = instantiateKernel()
  protected plan!: Plan
  protected analysis!: Analysis
  /** Counts the times that the kernel's memory was laid out anew. */
  protected layouts = 0
  #resampler: ResamplerPlan | null = null
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
      this.plan !== undefined &&
      plan.sampleRate === this.plan.sampleRate &&
      plan.hop === this.plan.hop &&
      resampler?.inputRate === this.#resampler?.inputRate
    const past = goesOn ? this.#past() : null
    this.plan = plan
    this.#warm = false
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
    if (this.#resampler) this.kernel.resamplerReset()
    this.#compressor.reset()
    this.#base = -this.#keep
    this.#filled = this.#keep
    this.kernel.clear(this.#buffer, this.#keep * 4)
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

  #layOut(plan: Plan, resampler: ResamplerPlan | null, goesOn: boolean): void {
    const kernel = this.kernel
    if (!goesOn) this.#placeResampler(resampler)
    const layout = new MemoryLayout(kernel, this.#streamEnd)
    this.layouts++
    this.analysis = analysisOf(plan, kernel, layout)
    const scale = plan.degree === 2 ? SCALE ** -2 : 1 / SCALE
    this.#compressor = new Compressor(kernel, plan.compression, plan.channels, scale, layout)
    const advance = this.analysis.framesAtOnce * plan.hop
    this.#keep = Math.max(this.analysis.history + (this.analysis.warmUp + 2) * advance, HOPS_KEPT * plan.hop)
    this.#capacity = this.#keep + this.#outputsOfChunk + 8 * CHUNK
    this.#buffer = layout.reserve(this.#capacity)
    this.#layoutEnd = layout.end
    this.#bindViews()
  }

  /** What a running stream keeps when its frontend changes lies first: the input and the resampler. */
  #placeResampler(resampler: ResamplerPlan | null): void {
    const layout = new MemoryLayout(this.kernel, this.kernel.heapStart())
    this.#inputAddress = layout.reserve(CHUNK)
    this.#cleaned = layout.reserve(CHUNK)
    this.#resampler = resampler
    this.#outputsOfChunk = CHUNK
    if (resampler) {
      const { table, taps, rows, phases, step } = resampler
      const capacity = taps + 2 * CHUNK
      const history = layout.reserve(capacity)
      this.kernel.resamplerConfigure(layout.place(table), taps, rows, phases, step, history, capacity)
      this.#outputsOfChunk = Math.ceil((CHUNK * phases) / step) + 1
    }
    this.#streamEnd = layout.end
  }

  #take(count: number): void {
    const kernel = this.kernel
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
    this.kernel.move(this.#buffer, this.#buffer + dropped * 4, this.#keep * 4)
    this.#base += dropped
    this.#filled = this.#keep
  }

  #emitReady(emit: FrameSink, limit: number): void {
    while (this.#nextFrame < limit) {
      const newest = this.analysis.newestSample(this.#nextFrame) - this.#base
      if (newest >= this.#filled) return
      if (!this.#warm) this.#warmUp()
      this.analysis.compute(this.#nextFrame, this.#buffer + newest * 4)
      for (let i = 0; i < this.analysis.framesAtOnce && this.#nextFrame < limit; i++) {
        this.#compressor.apply(this.analysis.sums[i])
        emit(this.#nextFrame, this.#frame)
        this.#nextFrame++
      }
    }
  }

  /** Fills the energies kept between blocks from the samples before the next frames. */
  #warmUp(): void {
    const { warmUp, framesAtOnce } = this.analysis
    for (let block = warmUp; block > 0; block--) {
      const first = this.#nextFrame - block * framesAtOnce
      const newest = this.analysis.newestSample(first) - this.#base
      this.analysis.compute(first, this.#buffer + newest * 4)
    }
    this.#warm = true
  }

  #past(): { samples: Float32Array; end: number } {
    const count = Math.min(this.#filled, this.#keep)
    const start = this.#buffer + (this.#filled - count) * 4
    const samples = new Float32Array(this.kernel.memory.buffer, start, count).slice()
    return { samples, end: this.#base + this.#filled }
  }

  /** Puts past samples where the new frontend looks for them. */
  #restore({ samples, end }: { samples: Float32Array; end: number }): void {
    const history = samples.subarray(Math.max(0, samples.length - this.#keep))
    const start = this.#buffer + (this.#keep - history.length) * 4
    new Float32Array(this.kernel.memory.buffer, start, history.length).set(history)
    this.#base = end - this.#keep
    this.#filled = this.#keep
  }

  /** Brings the last samples out of the resampler. @returns samples of the stream at the frontend's rate. */
  protected drain(): number {
    if (!this.#resampler) return this.#samplesIn
    const { phases, step, taps } = this.#resampler
    const zeros = taps / 2
    this.#makeRoom(this.#outputsOfChunk)
    this.kernel.clear(this.#cleaned, zeros * 4)
    this.#filled += this.kernel.resamplerPush(this.#cleaned, zeros, this.#buffer + this.#filled * 4)
    const length = Math.ceil((this.#samplesIn * phases) / step)
    this.#filled = Math.min(this.#filled, length - this.#base)
    return length
  }

  #appendSilence(count: number): void {
    this.#makeRoom(count)
    this.kernel.clear(this.#buffer + this.#filled * 4, count * 4)
    this.#filled += count
  }

  /** Emits frames before `limit`, with silence for the samples that the stream does not have. */
  protected emitUpTo(limit: number, emit: FrameSink): void {
    while (this.#nextFrame < limit) {
      const missing = this.analysis.newestSample(this.#nextFrame) + 1 - this.#base - this.#filled
      if (missing > 0) this.#appendSilence(Math.min(missing, CHUNK))
      this.#emitReady(emit, limit)
    }
  }

  /** Emits frames before `limit`, with silence, by another analysis; it fills the energies it keeps by itself. */
  protected emitUpToBy(analysis: Analysis, limit: number, emit: FrameSink): void {
    const own = this.analysis
    this.analysis = analysis
    this.#warm = false
    this.emitUpTo(limit, emit)
    this.analysis = own
    this.#warm = false
  }

  /** Memory behind everything that the stream uses. After laying out there, the kernel's views are made anew. */
  protected layOutBehind<Made>(make: (layout: MemoryLayout) => Made): Made {
    const made = make(new MemoryLayout(this.kernel, this.#layoutEnd))
    this.#bindViews()
    return made
  }

  /** Growing memory ends the views of it. */
  #bindViews(): void {
    const { buffer } = this.kernel.memory
    this.#input = new Float32Array(buffer, this.#inputAddress, CHUNK)
    this.#frame = new Float32Array(buffer, this.#compressor.output, this.plan.channels)
    this.#compressor.bind()
  }
}

function analysisOf(plan: Plan, kernel: Kernel, layout: MemoryLayout): Analysis {
  const { analysis } = plan
  switch (analysis.kind) {
    case 'mel':
      return new MelAnalysis(kernel, plan, analysis, layout)
    case 'subbands':
      return new SubbandAnalysis(kernel, plan, analysis, 0, layout)
    case 'full-rate':
      return new FullRateAnalysis(kernel, plan, analysis, layout)
  }
}
