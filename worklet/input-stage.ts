import type { ResamplerPlan } from '../src/plan/index.ts'
import { type Kernel, MemoryLayout } from './kernel.ts'
import type { SampleHistory } from './sample-history.ts'

/** Samples taken over at once; longer blocks are cut. */
const CHUNK = 2048
/** Samples are computed at this scale, a power of two, so that nothing on the way is denormal. */
export const SCALE = 2 ** 20

/**
 * From the samples pushed to those of the frontend's rate: bad ones out, tiny ones to zero, scaled, resampled. Lies first
 * in the kernel's memory and stays when a running stream's frontend changes. Any thread; allocates when made and in
 * `bind` only.
 */
export class InputStage {
  readonly inputRate: number | undefined
  /** The longest block that `push` appends to a history. */
  readonly longestAppend: number
  /** First address behind its memory. */
  readonly memoryEnd: number
  readonly #kernel: Kernel
  readonly #resampler: ResamplerPlan | null
  readonly #address: number
  readonly #cleaned: number
  /** View of the memory at `#address`. */
  #block!: Float32Array
  #samples = 0
  #badSamples = 0

  /** @param resampler from the rate of the samples pushed to the frontend's; null when they are equal. */
  constructor(kernel: Kernel, resampler: ResamplerPlan | null) {
    const layout = new MemoryLayout(kernel, kernel.heapStart())
    this.#kernel = kernel
    this.#resampler = resampler
    this.#address = layout.reserve(CHUNK)
    this.#cleaned = layout.reserve(CHUNK)
    this.inputRate = resampler?.inputRate
    this.longestAppend = CHUNK
    if (resampler) {
      const { table, taps, rows, phases, step } = resampler
      const capacity = taps + 2 * CHUNK
      const buffer = layout.reserve(capacity)
      kernel.resamplerConfigure(layout.place(table), taps, rows, phases, step, buffer, capacity)
      this.longestAppend = Math.ceil((CHUNK * phases) / step) + 1
    }
    this.memoryEnd = layout.end
    this.bind()
  }

  /** NaN, infinite and absurdly large samples replaced by zero since the stream began. */
  get badSamples(): number {
    return this.#badSamples
  }

  /** Makes the view of the memory anew, after the memory has grown. */
  bind(): void {
    this.#block = new Float32Array(this.#kernel.memory.buffer, this.#address, CHUNK)
  }

  /** Appends what comes of the samples from `offset` on, as many as fit. Allocates nothing. @returns how many it took. */
  push(samples: Float32Array, offset: number, history: SampleHistory): number {
    const count = Math.min(CHUNK, samples.length - offset)
    if (count === samples.length) this.#block.set(samples)
    else for (let i = 0; i < count; i++) this.#block[i] = samples[offset + i]
    const kernel = this.#kernel
    const target = history.room(this.longestAppend)
    this.#samples += count
    if (this.#resampler) {
      this.#badSamples += kernel.clean(this.#address, this.#cleaned, count, SCALE)
      history.append(kernel.resamplerPush(this.#cleaned, count, target))
    } else {
      this.#badSamples += kernel.clean(this.#address, target, count, SCALE)
      history.append(count)
    }
    return count
  }

  /** Appends the last samples that the resampler still holds. @returns samples of the whole stream at the frontend's rate. */
  drain(history: SampleHistory): number {
    if (!this.#resampler) return this.#samples
    const { phases, step, taps } = this.#resampler
    const zeros = taps / 2
    const target = history.room(this.longestAppend)
    this.#kernel.clear(this.#cleaned, zeros * 4)
    history.append(this.#kernel.resamplerPush(this.#cleaned, zeros, target))
    const length = Math.ceil((this.#samples * phases) / step)
    history.cutOff(length)
    return length
  }

  /** The next sample is the first of a stream, with silence before it. */
  reset(): void {
    this.#samples = 0
    this.#badSamples = 0
    if (this.#resampler) this.#kernel.resamplerReset()
  }
}
