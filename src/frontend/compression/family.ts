import type { Part } from '../part.ts'

/** A compression of pooled energies. */
export interface Compression<Description extends { readonly kind: string }> extends Part<Description> {
  /** @param energies frames × channels of a whole signal, row by row. @returns the same shape. */
  apply(compression: Description, energies: Float64Array, channels: number): Float64Array
}
