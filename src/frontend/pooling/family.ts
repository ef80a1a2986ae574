import type { Geometry } from '../geometry.ts'
import type { Part } from '../part.ts'

/** A pooling by weighted sums over a window. */
export interface WindowFamily<Description extends { readonly kind: string }> extends Part<Description> {
  readonly method: 'window'
  /** One window of `windowLength` weights per channel, the same array where channels share it. */
  windows(pooling: Description, geometry: Geometry): Float64Array[]
  /** Added to the pooled energies, one per channel; absent or undefined: nothing. */
  bias?(pooling: Description): readonly number[] | undefined
  /** The key through which a pooled energy can be negative, or null. */
  maybeNegative(pooling: Description): string | null
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

/** The largest value of the window. The engines know it: it is no weighted sum. */
export interface MaximumFamily<Description extends { readonly kind: string }> extends Part<Description> {
  readonly method: 'maximum'
}

/** No pooling, for filterbanks that yield one value a frame. */
export interface NoPoolingFamily<Description extends { readonly kind: string }> extends Part<Description> {
  readonly method: 'none'
}

export type PoolingFamily<Description extends { readonly kind: string }> =
  | WindowFamily<Description>
  | MaximumFamily<Description>
  | NoPoolingFamily<Description>
