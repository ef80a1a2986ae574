import { Fourier, powerOfTwo } from '../fourier.ts'
import type { Geometry } from '../geometry.ts'
import { halfHeight } from '../half-height.ts'
import { tonePowers } from './tone-powers.ts'

/** Impulse responses as a family or a description has them. */
interface Taps {
  readonly real: readonly ArrayLike<number>[]
  readonly imaginary: readonly ArrayLike<number>[]
}

/** Frequencies from 0 to below half the sample rate among which a filter's centre is sought. */
const CENTERS = 512
/** Frequencies a tap: enough to see the narrowest lobe that so many taps can have. */
const OVERSAMPLING = 4

/** For families without a formula: where each filter's response to a tone is largest, in Hz, among 512 frequencies. */
export function measuredCenters(taps: Taps, { sampleRate }: Geometry): Float64Array {
  const fourier = new Fourier(2 * CENTERS)
  return Float64Array.from(taps.real, (row, n) => {
    const powers = tonePowers(row, taps.imaginary[n], fourier).subarray(0, CENTERS)
    const largest = powers.reduce((best, power, bin) => (power > powers[best] ? bin : best), 0)
    return (largest * sampleRate) / fourier.points
  })
}

/** For families without a formula: each filter's full width at half of its largest amplitude, in Hz. */
export function measuredBandwidths(taps: Taps, { sampleRate, windowLength }: Geometry): Float64Array {
  const points = powerOfTwo(OVERSAMPLING * windowLength)
  const fourier = new Fourier(points)
  const frequencies = Float64Array.from({ length: points / 2 + 1 }, (_, i) => (i * sampleRate) / points)
  return Float64Array.from(taps.real, (row, n) => {
    const { low, high } = halfHeight(frequencies, tonePowers(row, taps.imaginary[n], fourier).map(Math.sqrt))
    return high - low
  })
}
