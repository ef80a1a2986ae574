import type { Geometry } from '../geometry.ts'
import type { Part } from '../part.ts'

/** Complex impulse responses, `channels` rows of `windowLength` taps; tap j belongs to time `j - windowLength // 2`. */
export interface ImpulseResponses {
  readonly real: readonly Float64Array[]
  readonly imaginary: readonly Float64Array[]
}

/** A family of filters applied to the waveform: one file per family implements this and nothing else changes. */
export interface TapFamily<Description extends { readonly kind: string }> extends Part<Description> {
  readonly domain: 'time'
  /** False for filters whose imaginary taps are all zero. */
  readonly complex: boolean
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
}

/** A filterbank applied to the power spectrum of windowed frames (mel). */
export interface SpectralFamily<Description extends { readonly kind: string }> extends Part<Description> {
  readonly domain: 'frequency'
  /** Analysis window, `windowLength` values. */
  window(geometry: Geometry): Float64Array
  /** Weights of the power spectrum's bins, `channels` rows of `fftSize / 2 + 1`. */
  matrix(filterbank: Description, geometry: Geometry): readonly Float64Array[]
  centerFrequencies(filterbank: Description, geometry: Geometry): Float64Array
}
