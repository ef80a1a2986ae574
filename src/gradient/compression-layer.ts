import type { Compression } from '../frontend/index.ts'

/** From floored energies to features; all areas are [quad][channel][frame] vectors of four sounds. */
export interface CompressionLayer {
  update(compression: Compression): void
  forward(energies: number, target: number): void
  /**
   * @param outer ∂L/∂features, overwritten with ∂L/∂energies.
   * @returns ∂L/∂parameters, one array per entry of the compression's `parameters`.
   */
  backward(energies: number, outer: number): Float64Array[]
}
