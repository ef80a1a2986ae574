import type { Part } from '../part.ts'

/** ∂L/∂energies (frames × channels) and ∂L/∂parameters (one array per entry of `parameters`). */
export interface CompressionGradient {
  readonly energies: Float64Array
  readonly parameters: Float64Array[]
}

/** A compression of pooled energies. */
export interface Compression<Description extends { readonly kind: string }> extends Part<Description> {
  /** @param energies frames × channels of a whole signal, floored, row by row. @returns the same shape. */
  apply(compression: Description, energies: Float64Array, channels: number): Float64Array
  /**
   * The adjoint of the derivative of `apply`, always finite for finite input.
   *
   * @param energies what `apply` was given.
   * @param outputGradients ∂L/∂ output, in the same shape.
   */
  gradient(
    compression: Description,
    energies: Float64Array,
    outputGradients: Float64Array,
    channels: number,
  ): CompressionGradient
}
