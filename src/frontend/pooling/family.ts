import type { Geometry } from '../geometry.ts'
import type { Part } from '../part.ts'

/** Any pooling by a window of its own per channel. */
export interface WindowPooling<Description extends { readonly kind: string }> extends Part<Description> {
  /** One window of `windowLength` weights per channel. */
  windows(pooling: Description, geometry: Geometry): Float64Array[]
}
