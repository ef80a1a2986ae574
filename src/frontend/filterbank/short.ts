import { onlyKeys, rowsAt } from '../checks.ts'
import type { Geometry } from '../geometry.ts'
import { projected, rootMeanSquare, UNBOUNDED } from '../parameters.ts'
import { range } from '../text.ts'
import type { TapFamily } from './family.ts'
import { measuredBandwidths, measuredCenters } from './measured.ts'
import { apart, joined, joinedGradients } from './rows.ts'

/**
 * Real filters of 2 ms whose every tap is learned: the basis functions of Conv-TasNet's encoder (Luo and Mesgarani,
 * IEEE/ACM TASLP 2019, arXiv 1809.07454).
 */
export interface ShortFilterbank {
  readonly kind: 'short'
  /** One row per channel: the taps about the middle of the window, 33 at 16 kHz. The window's others are 0. */
  readonly taps: readonly (readonly number[])[]
}

/** Half of the filters of the paper: L = 16 samples at 8 kHz. */
const HALF_SECONDS = 1e-3

/** Where the filters lie in the window: an odd number of taps about time 0, as many as it has at most. */
function span({ sampleRate, windowLength }: Geometry): { first: number; count: number } {
  const half = Math.min(Math.round(HALF_SECONDS * sampleRate), (windowLength - 1) >> 1)
  return { first: (windowLength >> 1) - half, count: 2 * half + 1 }
}

export const short: TapFamily<ShortFilterbank> = {
  kind: 'short',
  domain: 'time',
  complex: false,

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'taps'], path)
    const { count } = span(geometry)
    return { kind: 'short', taps: rowsAt(value.taps, `${path}.taps`, geometry.channels, count, UNBOUNDED) }
  },

  /**
   * Uniform within ±1 / √taps, as PyTorch's `Conv1d` starts. Then in the order of their centres, which a network of two
   * dimensions counts on and Conv-TasNet does not.
   */
  initial(geometry) {
    const { count } = span(geometry)
    const largest = 1 / Math.sqrt(count)
    const next = minimalStandard()
    const drawn = Array.from({ length: geometry.channels }, () =>
      Array.from({ length: count }, () => largest * (2 * next() - 1)),
    )
    const centers = short.centerFrequencies({ kind: 'short', taps: drawn }, geometry)
    const order = Array.from(centers.keys()).sort((one, other) => centers[one] - centers[other])
    return { kind: 'short', taps: order.map((n) => drawn[n]) }
  },

  /** A step is the root mean square of the filter's taps. */
  parameters({ taps }) {
    const steps = taps.map((row) => new Array<number>(row.length).fill(rootMeanSquare(row)))
    return [{ name: 'taps', values: joined(taps), bounds: UNBOUNDED, steps: joined(steps) }]
  },

  withParameters(filterbank, values, geometry) {
    const [taps] = projected(short.parameters(filterbank, geometry), values)
    return { kind: 'short', taps: apart(taps, filterbank.taps) }
  },

  impulseResponses({ taps }, geometry) {
    const { first } = span(geometry)
    const silent = () => new Float64Array(geometry.windowLength)
    const real = taps.map((row) => {
      const response = silent()
      response.set(row, first)
      return response
    })
    return { real, imaginary: taps.map(silent) }
  },

  gradient(_filterbank, { real }, geometry) {
    const { first, count } = span(geometry)
    return [joinedGradients(real.map((row) => row.subarray(first, first + count)))]
  },

  centerFrequencies: (filterbank, geometry) =>
    measuredCenters(short.impulseResponses(filterbank, geometry), geometry),

  bandwidths: (filterbank, geometry) =>
    measuredBandwidths(short.impulseResponses(filterbank, geometry), geometry),

  summary(filterbank, geometry) {
    const centers = range(short.centerFrequencies(filterbank, geometry), 'Hz')
    return `: ${span(geometry).count} taps each, centres ${centers}`
  },
}

/**
 * The minimal standard generator from 1, x ← 48271 x mod 2³¹ − 1 (Park, Miller and Stockmeyer, CACM 36/7, 1993), so that
 * a preset is the same everywhere: every product is a whole number below 2⁵³. @returns numbers above 0 and below 1.
 */
function minimalStandard(): () => number {
  const modulus = 2 ** 31 - 1
  let state = 1
  return () => {
    state = (48271 * state) % modulus
    return state / modulus
  }
}
