import fc from 'fast-check'
import { Fourier } from '../../src/frontend/index.ts'
import type { Filter, FilterResponse } from '../../src/sampling/index.ts'
import { seeded } from '../engine/signals.ts'

/** Points of the transforms, taps of filters and windows. */
export const SIZE = 400
export const TAPS = 101
export const STRIDES = [1, 2, 4, 5, 8, 10, 16, 20, 40]

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })

/** A band-pass of any place and width under a bell, cut off or not. */
export const bands = fc.record({
  center: between(0.05, 3.1),
  sigma: between(2, 40),
  skew: between(-0.5, 0.5),
})

/** Its taps, with a gain of 1 at most. */
export function filterOf({ center, sigma, skew }: { center: number; sigma: number; skew: number }): Filter {
  const left = (TAPS - 1) / 2
  const times = Float64Array.from({ length: TAPS }, (_, j) => j - left)
  const bell = times.map((t) => Math.exp(-0.5 * (t / sigma) ** 2) * (1 + (skew * t) / left))
  const gain = bell.reduce((sum, value) => sum + value, 0)
  return {
    real: times.map((t, j) => (bell[j] / gain) * Math.cos(center * t)),
    imaginary: times.map((t, j) => (bell[j] / gain) * Math.sin(center * t)),
    left,
  }
}

/** Bells, cut off or not, of a sample's width or many, and bells with the sign turned. */
export const shapes = fc.record({ width: between(0.02, 0.6), sign: fc.constantFrom(1, -1) })

export function windowOf({ width, sign }: { width: number; sign: number }): Float64Array {
  return Float64Array.from({ length: TAPS }, (_, k) => {
    const u = (2 * k) / (TAPS - 1) - 1
    return sign * Math.exp(-0.5 * (u / width) ** 2)
  })
}

/** One period of noise of variance 1, and its spectrum. */
export function noiseSpectrum(seed: number): { re: Float64Array; im: Float64Array } {
  const random = seeded(seed)
  const re = Float64Array.from({ length: SIZE }, () => {
    // Normal, by Box and Muller: the covariance of energies is that of Gaussian noise.
    return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  })
  const im = new Float64Array(SIZE)
  new Fourier(SIZE).transform(re, im)
  return { re, im }
}

/** The energies behind the bins kept of a filter, at each sample of a period. */
export function energiesOf(
  response: FilterResponse,
  spectrum: { re: Float64Array; im: Float64Array },
): Float64Array {
  const re = new Float64Array(SIZE)
  const im = new Float64Array(SIZE)
  response.re.forEach((real, i) => {
    const b = (response.firstBin + i + SIZE) % SIZE
    re[b] = real * spectrum.re[b] - response.im[i] * spectrum.im[b]
    im[b] = real * spectrum.im[b] + response.im[i] * spectrum.re[b]
  })
  new Fourier(SIZE).inverse(re, im)
  return re.map((value, t) => value * value + im[t] * im[t])
}

/** Σ weights[j] · energies[start + first + stride · j] on the circle. */
export function pooled(
  energies: Float64Array,
  weights: Float64Array,
  start: number,
  first = 0,
  stride = 1,
): number {
  return weights.reduce((sum, weight, j) => {
    const position = start + first + stride * j
    return sum + weight * energies[((position % SIZE) + SIZE) % SIZE]
  }, 0)
}
