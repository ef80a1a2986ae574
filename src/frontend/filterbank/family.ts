import type { Geometry } from '../geometry.ts'
import type { Part } from '../part.ts'

/** Complex impulse responses, `channels` rows of `windowLength` taps; tap j belongs to time `j - windowLength // 2`. */
export interface ImpulseResponses {
  readonly real: readonly Float64Array[]
  readonly imaginary: readonly Float64Array[]
}

/** A family of filters applied to the waveform. */
export interface TapFamily<Description extends { readonly kind: string }> extends Part<Description> {
  readonly domain: 'time'
  /** False for filters whose imaginary taps are all zero. */
  readonly complex: boolean
  /** Of `geometry.channels` filters; applied by correlation: output t = Σ_j taps[j] · x[t + time of j]. */
  impulseResponses(filterbank: Description, geometry: Geometry): ImpulseResponses
  /**
   * ∂L/∂parameters from ∂L/∂taps, the adjoint of the derivative of `impulseResponses`.
   *
   * @param tapGradients in the shape and order of `impulseResponses`.
   * @returns one array per entry of `parameters`.
   */
  gradient(filterbank: Description, tapGradients: ImpulseResponses, geometry: Geometry): Float64Array[]
  /** Centre of each channel in Hz, for axes. */
  centerFrequencies(filterbank: Description, geometry: Geometry): Float64Array
  /** Full width of each channel in Hz at half of its largest amplitude, or from edge to edge. */
  bandwidths(filterbank: Description, geometry: Geometry): Float64Array
}

/**
 * A family of filters applied to the spectrum of windowed frames (mel): powers, or magnitudes with the rectifier
 * `modulus`.
 */
export interface SpectralFamily<Description extends { readonly kind: string }> extends Part<Description> {
  readonly domain: 'frequency'
  /** Points of the Fourier transform, a power of two; the frame stands at its start. */
  fftSize(filterbank: Description, geometry: Geometry): number
  /** Analysis window, `windowLength` values. */
  window(geometry: Geometry): Float64Array
  /**
   * Weights of the spectrum's bins, `channels` rows of `fftSize / 2 + 1`, none of them negative. The bins whose weight is
   * above 0 are the same whatever the parameters.
   */
  matrix(filterbank: Description, geometry: Geometry): readonly Float64Array[]
  /**
   * ∂L/∂parameters from ∂L/∂weights, the adjoint of the derivative of `matrix`.
   *
   * @param weightGradients in the shape of `matrix`; of bins whose weight is 0 they are not asked for.
   * @returns one array per entry of `parameters`.
   */
  gradient(
    filterbank: Description,
    weightGradients: readonly Float64Array[],
    geometry: Geometry,
  ): Float64Array[]
  /** Centre of each channel in Hz, for axes. */
  centerFrequencies(filterbank: Description, geometry: Geometry): Float64Array
}

/** No filters: frames of samples, given as they are. */
export interface SampleFamily<Description extends { readonly kind: string }> extends Part<Description> {
  readonly domain: 'samples'
  /** None: a channel is a place in time. */
  centerFrequencies(filterbank: Description, geometry: Geometry): Float64Array
}

export type FilterbankFamily<Description extends { readonly kind: string }> =
  | TapFamily<Description>
  | SpectralFamily<Description>
  | SampleFamily<Description>
