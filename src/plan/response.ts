import { filterLeft, type Geometry } from '../frontend/index.ts'
import { fourier } from './fourier.ts'

/** A filter seen at the bins of a block's transform, as far as it matters. */
export interface FilterResponse {
  /** First bin kept, may be negative; bins count from here. */
  readonly firstBin: number
  readonly re: Float64Array
  readonly im: Float64Array
  /** Samples after its position that an output depends on. */
  readonly reach: number
  /** Covariance of the output's energy at two positions, by their distance up to size/2, for white noise of variance 1. */
  readonly covariance: Float64Array
  /** Mean energy of the output for white noise of variance 1. */
  readonly meanEnergy: number
}

interface Spectrum {
  readonly re: Float64Array
  readonly im: Float64Array
}

/**
 * What the spectrum of a signal is multiplied by for its correlation with the conjugate of a filter, on a grid of
 * `size` bins. The conjugate has the same energies for real signals, and a Gabor's pass-band then lies at +μ.
 */
export function filterSpectrum(
  real: Float64Array,
  imaginary: Float64Array,
  geometry: Geometry,
  size: number,
): Spectrum {
  const left = filterLeft(geometry)
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  for (let j = 0; j < real.length; j++) {
    const place = (j - left + size) % size
    re[place] = real[j]
    im[place] = imaginary[j]
  }
  const spectrum = fourier(re, im, -1)
  return { re: spectrum.re, im: spectrum.im.map((value) => -value) }
}

/** The spectrum, or that of the filter's conjugate, whichever is strongest at a frequency from 0 to π. */
function peakAbove(spectrum: Spectrum): Spectrum {
  const { re, im } = spectrum
  const size = re.length
  if (peakOf(re.map((value, b) => value * value + im[b] * im[b])) <= size / 2) return spectrum
  const opposite = (b: number) => (size - b) % size
  return { re: re.map((_, b) => re[opposite(b)]), im: im.map((_, b) => -im[opposite(b)]) }
}

const peakOf = (power: Float64Array) => power.indexOf(power.reduce((a, b) => Math.max(a, b)))

/** `filterSpectrum` with what sampling needs to know of it; bins below `threshold` around the kept range are dropped. */
export function filterResponse(
  real: Float64Array,
  imaginary: Float64Array,
  geometry: Geometry,
  size: number,
  threshold: number,
): FilterResponse {
  const spectrum = peakAbove(filterSpectrum(real, imaginary, geometry, size))
  const power = spectrum.re.map((value, b) => value * value + spectrum.im[b] * spectrum.im[b])
  const { firstBin, count } = keptRange(power, threshold * threshold)
  const kept = { re: new Float64Array(count), im: new Float64Array(count) }
  const inside = new Float64Array(size)
  const partner = { re: new Float64Array(size), im: new Float64Array(size) }
  for (let i = 0; i < count; i++) {
    const b = (firstBin + i + size) % size
    kept.re[i] = spectrum.re[b]
    kept.im[i] = spectrum.im[b]
    inside[b] = power[b]
  }
  for (let b = 0; b < size; b++) {
    const c = (size - b) % size
    if (inside[b] === 0 || inside[c] === 0) continue
    partner.re[b] = spectrum.re[b] * spectrum.re[c] - spectrum.im[b] * spectrum.im[c]
    partner.im[b] = spectrum.re[b] * spectrum.im[c] + spectrum.im[b] * spectrum.re[c]
  }
  const zero = new Float64Array(size)
  const own = fourier(inside, zero, 1)
  // Real signals make the output improper where the filter sees both ω and -ω: the second term.
  const crossed = fourier(partner.re, partner.im, 1)
  // Beyond half the size the transform's own period would show.
  const covariance = Float64Array.from(
    { length: size / 2 + 1 },
    (_, t) => (squared(own, t) + squared(crossed, t)) / (size * size),
  )
  return {
    firstBin,
    ...kept,
    reach: reachOf(real, imaginary, filterLeft(geometry)),
    covariance,
    meanEnergy: own.re[0] / size,
  }
}

function squared({ re, im }: Spectrum, i: number): number {
  return re[i] * re[i] + im[i] * im[i]
}

/** Share of a filter's amplitude that may lie beyond its reach. */
const BEYOND_REACH = 1e-9

function reachOf(real: Float64Array, imaginary: Float64Array, left: number): number {
  const magnitude = real.map((value, j) => Math.abs(value) + Math.abs(imaginary[j]))
  const total = magnitude.reduce((sum, value) => sum + value, 0)
  let beyond = 0
  for (let j = real.length - 1; j > left; j--) {
    beyond += magnitude[j]
    if (beyond > BEYOND_REACH * total) return j - left
  }
  return 0
}

/** The shortest run of bins around the spectrum's centre of mass outside of which all power is below `least`. */
function keptRange(power: Float64Array, least: number): { firstBin: number; count: number } {
  const size = power.length
  const peak = peakOf(power)
  let below = 0
  let above = 0
  for (let distance = 1; distance < size / 2; distance++) {
    if (power[(peak - distance + size) % size] > least) below = distance
    if (power[(peak + distance) % size] > least) above = distance
  }
  const count = below + above + 1
  // A response that reaches all around is kept whole, with the bin opposite its peak.
  return { firstBin: peak - below, count: count >= size - 2 ? size : count }
}
