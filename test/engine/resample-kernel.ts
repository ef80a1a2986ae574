import { readFile } from 'node:fs/promises'
import asc from 'assemblyscript/asc'
import type { ResamplerPlan } from '../../src/plan/resampler.ts'

interface ResampleExports {
  memory: WebAssembly.Memory
  resamplerConfigure(
    table: number,
    taps: number,
    rows: number,
    phases: number,
    step: number,
    buffer: number,
    capacity: number,
  ): void
  resamplerReset(): void
  resamplerPush(input: number, count: number, output: number): number
}

const SOURCE = 'worklet/kernel/resample.ts'
const PAGE = 65536

/** The resampler's kernel file alone, compiled with the options of the shipped kernel. */
export async function compileResampleKernel(): Promise<WebAssembly.Module> {
  let wasm: Uint8Array | undefined
  const options = ['--runtime', 'stub', '-O3', '--enable', 'simd', '--noAssert', '--use', 'abort=']
  const { error, stderr } = await asc.main([SOURCE, ...options, '--outFile', 'resample.wasm'], {
    readFile: (name) => readFile(name, 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      wasm = contents as Uint8Array
    },
    listFiles: () => [],
  })
  if (error || !wasm) throw new Error(`asc: ${stderr.toString()}`)
  return new WebAssembly.Module(wasm as BufferSource)
}

/** The kernel with one plan loaded; blocks of at most `largestBlock` samples. */
export class ResampleKernel {
  private readonly exports: ResampleExports
  private readonly input: number
  private readonly output: number

  constructor(module: WebAssembly.Module, plan: ResamplerPlan, largestBlock: number, spareCapacity = 512) {
    this.exports = new WebAssembly.Instance(module).exports as unknown as ResampleExports
    const capacity = plan.taps + spareCapacity
    const outputs = Math.ceil((largestBlock * plan.phases) / plan.step)
    const pages = Math.ceil((4 * (plan.table.length + capacity + largestBlock + outputs)) / PAGE)
    const table = this.exports.memory.grow(pages) * PAGE
    const buffer = table + 4 * plan.table.length
    this.input = buffer + 4 * capacity
    this.output = this.input + 4 * largestBlock
    new Float32Array(this.exports.memory.buffer, table).set(plan.table)
    this.exports.resamplerConfigure(table, plan.taps, plan.rows, plan.phases, plan.step, buffer, capacity)
  }

  push(samples: Float32Array): Float32Array {
    const { memory, resamplerPush } = this.exports
    new Float32Array(memory.buffer, this.input).set(samples)
    const count = resamplerPush(this.input, samples.length, this.output)
    return new Float32Array(memory.buffer, this.output, count).slice()
  }

  reset(): void {
    this.exports.resamplerReset()
  }
}

/** A clip through a fresh kernel in one block, with the zeros that bring out its last samples. */
export function resampleClip(
  module: WebAssembly.Module,
  plan: ResamplerPlan,
  clip: Float32Array,
): Float32Array {
  const padded = new Float32Array(clip.length + plan.taps / 2)
  padded.set(clip)
  return new ResampleKernel(module, plan, padded.length).push(padded)
}
