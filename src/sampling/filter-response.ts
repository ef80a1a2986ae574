import { Fourier } from '../frontend/index.ts'

/** A complex filter as it is sampled: taps of a correlation, whose tap `left` belongs to the output's own position. */
export interface Filter {
  readonly real: Float64Array
  readonly imaginary: Float64Array
  /** Taps before the one at the output's own position. */
  readonly left: number
}

/** Real and imaginary parts of the bins of a transform. */
export interface Spectrum {
  readonly re: Float64Array
  readonly im: Float64Array
}

/** A filter seen at the bins of a transform, as far as it matters. */
export interface FilterResponse {
  /** First bin kept, may be negative; bins count from here. */
  readonly firstBin: number
  readonly re: Float64Array
  readonly im: Float64Array
  /** Points of the transform. */
  readonly size: number
  /** Samples after its position that an output depends on. */
  readonly reach: number
  /** Covariance of the output's energy at two positions, by their distance up to size/2, for white noise of variance 1. */
  readonly covariance: Float64Array
  /** Mean energy of the output for white noise of variance 1. */
  readonly meanEnergy: number
}

/**
 * What the spectrum of a signal is multiplied by for its correlation with the conjugate of a filter, on a grid of
 * `size` bins. The conjugate has the same energies for real signals, and a Gabor's pass-band then lies at +μ.
 */
export function filterSpectrum({ real, imaginary, left }: Filter, size: number): Spectrum {
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  for (let j = 0; j < real.length; j++) {
    const bin = (j - left + size) % size
    re[bin] = real[j]
    im[bin] = imaginary[j]
  }
  transformOf(size).transform(re, im)
  for (let b = 0; b < size; b++) im[b] = -im[b]
  return { re, im }
}

/** The spectrum, or that of the filter's conjugate, whichever is strongest at a frequency from 0 to π. */
export function strongestAbove(spectrum: Spectrum): Spectrum {
  const { re, im } = spectrum
  const size = re.length
  if (peakOf(powerOf(spectrum)) <= size / 2) return spectrum
  const opposite = (b: number) => (size - b) % size
  return { re: re.map((_, b) => re[opposite(b)]), im: im.map((_, b) => -im[opposite(b)]) }
}

/**
 * What sampling needs to know of a filter.
 *
 * @param spectrum of the filter, or of its conjugate, on the grid of a transform; bins below `threshold`, an amplitude
 *   response, around the kept stretch are dropped, and the covariance is that of what is kept.
 */
export function filterResponse(filter: Filter, spectrum: Spectrum, threshold: number): FilterResponse {
  const size = spectrum.re.length
  const power = powerOf(spectrum)
  const { firstBin, count } = keptStretch(power, threshold * threshold)
  const re = new Float64Array(count)
  const im = new Float64Array(count)
  const own = { re: new Float64Array(size), im: new Float64Array(size) }
  for (let i = 0; i < count; i++) {
    const b = (firstBin + i + size) % size
    re[i] = spectrum.re[b]
    im[i] = spectrum.im[b]
    own.re[b] = power[b]
  }
  const crossed = { re: new Float64Array(size), im: new Float64Array(size) }
  for (let b = 0; b < size; b++) {
    const c = (size - b) % size
    if (own.re[b] === 0 || own.re[c] === 0) continue
    crossed.re[b] = spectrum.re[b] * spectrum.re[c] - spectrum.im[b] * spectrum.im[c]
    crossed.im[b] = spectrum.re[b] * spectrum.im[c] + spectrum.im[b] * spectrum.re[c]
  }
  // With its parts exchanged the transform has the sign + of a sum over bins.
  const fourier = transformOf(size)
  fourier.transform(own.im, own.re)
  fourier.transform(crossed.im, crossed.re)
  // Real signals make the output improper where the filter sees both ω and -ω: the second term. Beyond half the size
  // the transform's own period would show.
  const covariance = Float64Array.from(
    { length: Math.floor(size / 2) + 1 },
    (_, t) => (squared(own, t) + squared(crossed, t)) / (size * size),
  )
  return { firstBin, re, im, size, reach: reachOf(filter), covariance, meanEnergy: own.re[0] / size }
}

function squared({ re, im }: Spectrum, i: number): number {
  return re[i] * re[i] + im[i] * im[i]
}

function powerOf(spectrum: Spectrum): Float64Array {
  return spectrum.re.map((_, b) => squared(spectrum, b))
}

function peakOf(power: Float64Array): number {
  return power.indexOf(power.reduce((a, b) => Math.max(a, b)))
}

/** Share of a filter's amplitude that may lie beyond its reach: a sixtieth of what float32 rounds off, 2⁻²⁴. */
const BEYOND_REACH = 1e-9

function reachOf({ real, imaginary, left }: Filter): number {
  const magnitude = real.map((value, j) => Math.abs(value) + Math.abs(imaginary[j]))
  const total = magnitude.reduce((sum, value) => sum + value, 0)
  let beyond = 0
  for (let j = real.length - 1; j > left; j--) {
    beyond += magnitude[j]
    if (beyond > BEYOND_REACH * total) return j - left
  }
  return 0
}

/** The shortest stretch of bins around the largest one outside of which all power is at most `least`. */
function keptStretch(power: Float64Array, least: number): { firstBin: number; count: number } {
  const size = power.length
  const peak = peakOf(power)
  let below = 0
  let above = 0
  for (let distance = 1; distance < size / 2; distance++) {
    if (power[(peak - distance + size) % size] > least) below = distance
    if (power[(peak + distance) % size] > least) above = distance
  }
  const count = below + above + 1
  if (count < size - 2) return { firstBin: peak - below, count }
  // A response that reaches all around is kept whole, with the bin opposite its peak, and within one turn of the bins.
  return { firstBin: Math.min(peak - below, 0), count: size }
}

const known: Fourier[] = []

/** One filter after the other is measured on the same grids, its own and its window's: their tables are made once. */
export function transformOf(size: number): Fourier {
  const found = known.find(({ points }) => points === size)
  if (found) return found
  const made = new Fourier(size)
  known.unshift(made)
  known.length = Math.min(known.length, 2)
  return made
}
