import type { MemoryLayout } from '../../worklet/index.ts'
import type { FrontendDescription } from '../frontend/index.ts'

/** Where the energies of whole sounds come from, before floor and compression, and what their gradient gives. */
export interface Energies {
  /** Frames of every sound. */
  readonly frames: number
  /** Reserves memory for batches of `quads` groups of four sounds. */
  place(quads: number, layout: MemoryLayout): void
  /**
   * Takes new parameters.
   *
   * @param anew whether nothing may depend on parameters of before
   * @returns whether the memory has to be laid out anew
   */
  update(frontend: FrontendDescription, anew: boolean): boolean
  /** @param target address of [quad][channel][frame] vectors of four sounds. */
  forward(sounds: readonly Float32Array[], target: number): void
  /** @param outer ∂L/∂energies, as `forward` wrote the energies. */
  backward(outer: number): void
  /**
   * ∂L/∂parameters of filterbank and pooling, in the order of their `parameters`.
   *
   * @param energySums ∂L/∂energy of each channel, summed over frames and sounds.
   */
  gradients(energySums: Float64Array): { filterbank: Float64Array[]; pooling: Float64Array[] }
}
