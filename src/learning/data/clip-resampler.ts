import { instantiateKernel, MemoryLayout } from '../../../worklet/index.ts'
import { designResampler, type ResamplerPlan } from '../../plan/index.ts'

/** Samples of a clip that are given to the kernel at a time. */
const BLOCK = 16384

/** Brings whole clips to one rate by the resampler of the live engine, so that training hears what a stream hears. */
export class ClipResampler {
  readonly #outputRate: number
  /** By input rate; null where it is the output rate. */
  readonly #conversions = new Map<number, Conversion | null>()

  /** @param outputRate Hz */
  constructor(outputRate: number) {
    this.#outputRate = outputRate
  }

  /**
   * @param inputRate Hz, whole, 8000 to 192000
   * @returns the clip itself at equal rates; else ⌈length · outputRate / inputRate⌉ samples, silence taken around it
   * @throws LeafError `arguments` for another rate
   */
  resample(clip: Float32Array, inputRate: number): Float32Array {
    let conversion = this.#conversions.get(inputRate)
    if (conversion === undefined) {
      const plan = designResampler(inputRate, this.#outputRate)
      conversion = plan && new Conversion(plan)
      this.#conversions.set(inputRate, conversion)
    }
    return conversion ? conversion.clip(clip) : clip
  }
}

/** The kernel with one plan loaded. */
class Conversion {
  readonly #kernel = instantiateKernel()
  readonly #plan: ResamplerPlan
  readonly #input: number
  readonly #output: number

  constructor(plan: ResamplerPlan) {
    this.#plan = plan
    const { table, taps, rows, phases, step } = plan
    const layout = new MemoryLayout(this.#kernel, this.#kernel.heapStart())
    const capacity = taps + BLOCK
    const address = layout.place(table)
    const history = layout.reserve(capacity)
    this.#input = layout.reserve(BLOCK)
    this.#output = layout.reserve(Math.ceil((BLOCK * phases) / step) + 1)
    this.#kernel.resamplerConfigure(address, taps, rows, phases, step, history, capacity)
  }

  clip(clip: Float32Array): Float32Array {
    const { taps, phases, step } = this.#plan
    this.#kernel.resamplerReset()
    const result = new Float32Array(Math.ceil((clip.length * phases) / step))
    // Half a filter of zeros brings out the last samples.
    const end = clip.length + taps / 2
    let written = 0
    for (let at = 0; at < end; at += BLOCK) {
      const block = new Float32Array(Math.min(BLOCK, end - at))
      block.set(clip.subarray(at, at + block.length))
      const samples = this.#push(block).subarray(0, result.length - written)
      result.set(samples, written)
      written += samples.length
    }
    return result
  }

  #push(block: Float32Array): Float32Array {
    const { memory } = this.#kernel
    new Float32Array(memory.buffer, this.#input).set(block)
    const count = this.#kernel.resamplerPush(this.#input, block.length, this.#output)
    return new Float32Array(memory.buffer, this.#output, count)
  }
}
