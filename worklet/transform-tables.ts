import type { FourierStages, SpectrumPlan } from '../src/plan/index.ts'
import type { MemoryLayout } from './kernel.ts'

/** Where a real transform's tables and work area lie in the kernel's memory. */
export interface SpectrumAddresses {
  readonly stages: number
  readonly roots: number
  readonly data: number
}

/** Puts a transform's stages into memory as the kernel reads them. */
export function placeStages({ shape, twiddles }: FourierStages, layout: MemoryLayout): number {
  const address = layout.place(twiddles)
  const stages = shape.length / 3
  const table = new Int32Array(1 + stages * 4)
  table[0] = stages
  let factors = 0
  for (let i = 0; i < stages; i++) {
    const [radix, sets, run] = shape.subarray(i * 3, i * 3 + 3)
    table.set([radix, sets, run, address + factors * twiddles.BYTES_PER_ELEMENT], 1 + i * 4)
    factors += sets * (radix - 1) * 2
  }
  return layout.place(table)
}

/** Puts the tables of a real transform into memory and reserves its work area. */
export function placeSpectrum(
  { size, stages, roots }: SpectrumPlan,
  layout: MemoryLayout,
): SpectrumAddresses {
  return {
    stages: placeStages(stages, layout),
    roots: layout.place(roots),
    // The kernel reads an element too many.
    data: layout.reserve(size * 4 + 8),
  }
}
