import type { FourierStages, SpectrumPlan } from '../src/plan/index.ts'
import type { MemoryLayout } from './kernel.ts'

/** Where a transform's tables and areas lie in the kernel's memory. */
export interface SpectrumAddresses {
  readonly stages: number
  readonly lanes: number
  readonly unpack: number
  readonly data: number
  readonly half: number
  /** Bin 0 of the real and of the imaginary parts; half the size lies before, a whole one after. */
  readonly re: number
  readonly im: number
}

/** Puts a transform's stages into memory as the kernel reads them. */
export function placeStages({ shape, twiddles }: FourierStages, layout: MemoryLayout): number {
  const address = layout.place(twiddles)
  const stages = shape.length / 3
  const table = new Int32Array(1 + stages * 4)
  table[0] = stages
  let floats = 0
  for (let i = 0; i < stages; i++) {
    const [radix, sets, run] = shape.subarray(i * 3, i * 3 + 3)
    table.set([radix, sets, run, address + floats * 4], 1 + i * 4)
    floats += sets * (radix - 1) * 2
  }
  return layout.place(table)
}

/** Puts the tables of a real transform into memory and reserves its areas. */
export function placeSpectrum(plan: SpectrumPlan, layout: MemoryLayout): SpectrumAddresses {
  const { size } = plan
  const bins = size * 1.5 + 8
  return {
    stages: placeStages(plan.stages, layout),
    lanes: layout.place(plan.lanes),
    unpack: layout.place(plan.unpack),
    data: layout.reserve(size * 2),
    half: layout.reserve(size + 16),
    re: layout.reserve(bins) + size * 2,
    im: layout.reserve(bins) + size * 2,
  }
}
