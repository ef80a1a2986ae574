import type { Geometry } from '../geometry.ts'
import type { Part } from '../part.ts'

/** Any pooling by weighted sums over a window. */
export interface WindowPooling<Description extends { readonly kind: string }> extends Part<Description> {
  /** One window of `windowLength` weights per channel, the same one where channels share it. */
  windows(pooling: Description, geometry: Geometry): Float64Array[]
  /**
   * ∂L/∂parameters from ∂L/∂windows.
   *
   * @param windowGradients one per channel, also where channels share a window.
   * @param energyGradients ∂L/∂ pooled energy of each channel, summed over frames: what a bias receives.
   * @returns one array per entry of `parameters`.
   */
  gradient(
    pooling: Description,
    windowGradients: readonly Float64Array[],
    energyGradients: Float64Array,
    geometry: Geometry,
  ): Float64Array[]
}
