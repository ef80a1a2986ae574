import type { Fourier } from '../fourier.ts'

/**
 * |G(f)|² + |G(-f)|² of complex taps at frequencies from 0 to half the sample rate: proportional to the mean power that
 * a tone of that frequency leaves behind the filter.
 *
 * @returns `points / 2 + 1` values.
 */
export function tonePowers(
  real: ArrayLike<number>,
  imaginary: ArrayLike<number>,
  fourier: Fourier,
): Float64Array {
  const { points } = fourier
  const re = new Float64Array(points)
  const im = new Float64Array(points)
  // More taps than points come round again: that samples their spectrum at fewer frequencies.
  for (let j = 0; j < real.length; j++) {
    re[j % points] += real[j]
    im[j % points] += imaginary[j]
  }
  fourier.transform(re, im)
  const powers = new Float64Array(points / 2 + 1)
  for (let k = 0; k < powers.length; k++) {
    const mirrored = (points - k) % points
    powers[k] = re[k] * re[k] + im[k] * im[k] + re[mirrored] * re[mirrored] + im[mirrored] * im[mirrored]
  }
  return powers
}
