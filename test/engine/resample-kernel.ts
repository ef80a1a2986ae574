import type { ResamplerPlan } from '../../src/plan/resampler.ts'
import { instantiateKernel, type Kernel, MemoryLayout } from '../../worklet/kernel.ts'

/** The resampler of the shipped kernel with one plan loaded; blocks of at most `largestBlock` samples. */
export class ResampleKernel {
  readonly #kernel: Kernel = instantiateKernel()
  readonly #input: number
  readonly #output: number

  constructor(plan: ResamplerPlan, largestBlock: number, spareCapacity = 512) {
    const layout = new MemoryLayout(this.#kernel, this.#kernel.heapStart())
    const capacity = plan.taps + spareCapacity
    const table = layout.place(plan.table)
    const buffer = layout.reserve(capacity)
    this.#input = layout.reserve(largestBlock)
    this.#output = layout.reserve(Math.ceil((largestBlock * plan.phases) / plan.step))
    const { taps, rows, phases, step } = plan
    this.#kernel.resamplerConfigure(table, taps, rows, phases, step, buffer, capacity)
  }

  push(samples: Float32Array): Float32Array {
    const { memory } = this.#kernel
    new Float32Array(memory.buffer, this.#input).set(samples)
    const count = this.#kernel.resamplerPush(this.#input, samples.length, this.#output)
    return new Float32Array(memory.buffer, this.#output, count).slice()
  }

  reset(): void {
    this.#kernel.resamplerReset()
  }
}

/** A clip through a fresh kernel in one block, with the zeros that bring out its last samples. */
export function resampleClip(plan: ResamplerPlan, clip: Float32Array): Float32Array {
  const padded = new Float32Array(clip.length + plan.taps / 2)
  padded.set(clip)
  return new ResampleKernel(plan, padded.length).push(padded)
}
