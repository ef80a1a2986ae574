import type { Part } from '../part.ts'

/** ∂L/∂energies (frames × channels) and ∂L/∂parameters (one array per entry of `parameters`). */
export interface CompressionGradient {
  readonly energies: Float64Array
  readonly parameters: Float64Array[]
}

/**
 * Features of the next frame of a signal. Where the kernel has no code for the compression, it runs on the audio
 * thread: it may keep state, and allocates nothing.
 *
 * @param energies of the frame, one per channel, floored.
 * @param features written.
 * @param first whether a signal begins with this frame: state of frames before it is then forgotten.
 */
export type FrameCompressor = (
  energies: Float32Array | Float64Array,
  features: Float32Array | Float64Array,
  first: boolean,
) => void

/** A compression of pooled energies. */
export interface CompressionFamily<Description extends { readonly kind: string }> extends Part<Description> {
  /** Whether it is defined for energies from 0 on only. */
  readonly nonNegative: boolean
  /**
   * How a feature depends on the energies: on that of its channel now (`static`), on its channel's past too
   * (`dynamic`), or otherwise, so that no curve shows it (`none`).
   */
  readonly transfer: 'static' | 'dynamic' | 'none'
  /**
   * Whether each energy is divided by an average of its own channel's past (automatic gain control). Errors of sampling
   * far below a sound's level then stay far below its features: learning may sample such energies more sparsely.
   */
  readonly gainControl: boolean
  /** Why it makes no frontend over this floor of the energies (0: none), as [problem, remedy]; absent: it always does. */
  refusal?(compression: Description, energyFloor: number): readonly [string, string] | null
  /** The energy far below which features no longer change, 0 where there is no such energy. */
  leastEnergy(compression: Description): number
  /** The formula, frame by frame. */
  compressor(compression: Description, channels: number): FrameCompressor
  /**
   * The adjoint of the derivative of the features of a whole signal, always finite for finite input.
   *
   * @param energies frames × channels of a whole signal, floored, row by row.
   * @param outputGradients ∂L/∂features, in the same shape.
   */
  gradient(
    compression: Description,
    energies: Float64Array,
    outputGradients: Float64Array,
    channels: number,
  ): CompressionGradient
  /** What it does, in a sentence for people; absent for `dynamic` ones, whose curves are explained where they are drawn. */
  sentence?(compression: Description): string
  /** How strongly a feature is to be drawn, 0 or less (nothing) to 1 or more (full), quiet and loud sounds both visible. */
  brightness(compression: Description): (feature: number) => number
}
