import { numbersAt, onlyKeys } from '../checks.ts'
import { cos } from '../elementary.ts'
import type { Geometry } from '../geometry.ts'
import { projected } from '../parameters.ts'
import { hertzToMel, melToHertz } from '../scales.ts'
import { range } from '../text.ts'
import type { TapFamily } from './family.ts'
import { bandPass, bandPassGradient } from './sinc-taps.ts'

/** Band-pass filters between two learnable edges (SincNet, arXiv 1808.00158, as leaf-audio `frontend.py` has it). */
export interface SincFilterbank {
  readonly kind: 'sinc'
  /** Lower edge as it is learned, Hz: the edge itself is 50 + |low|. */
  readonly low: readonly number[]
  /** Width as it is learned, Hz: the upper edge is the lower one + 50 + |band|, at most half the sample rate. */
  readonly band: readonly number[]
}

/** Least lower edge and least width, Hz. */
const LEAST_HERTZ = 50
/** The first and the last edge at the start lie this far inside of 0 and half the sample rate, Hz. */
const INSIDE = { lowest: 50, highest: 100 }
/** Rounding by which an upper edge may exceed half the sample rate and still be learned. */
const ROUNDING = 1e-6

/** A lower edge may pass half the sample rate, as in the official code: up to here the filter is one. */
const lowBounds = ({ sampleRate }: Geometry) => ({ min: -0.75 * sampleRate, max: 0.75 * sampleRate })
const bandBounds = ({ sampleRate }: Geometry) => ({ min: -sampleRate, max: sampleRate })

/** Edges in Hz, and whether the upper one is where its parameters put it. */
function edges(low: number, band: number, { sampleRate }: Geometry) {
  const lower = LEAST_HERTZ + Math.abs(low)
  const upper = lower + LEAST_HERTZ + Math.abs(band)
  const highest = sampleRate / 2
  return { lower, upper: Math.min(upper, highest), isFree: upper <= highest * (1 + ROUNDING) }
}

export const sinc: TapFamily<SincFilterbank> = {
  kind: 'sinc',
  domain: 'time',
  complex: false,

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'low', 'band'], path)
    return {
      kind: 'sinc',
      low: numbersAt(value.low, `${path}.low`, geometry.channels, lowBounds(geometry)),
      band: numbersAt(value.band, `${path}.band`, geometry.channels, bandBounds(geometry)),
    }
  },

  /** Edges equally spaced in mel from 50 Hz to 100 Hz below half the sample rate; the filters lie 50 Hz above them. */
  initial({ channels, sampleRate }) {
    const first = hertzToMel(INSIDE.lowest)
    const step = (hertzToMel(sampleRate / 2 - INSIDE.highest) - first) / channels
    const edge = Array.from({ length: channels + 1 }, (_, i) => melToHertz(first + i * step))
    return {
      kind: 'sinc',
      low: edge.slice(0, -1),
      band: edge.slice(1).map((upper, i) => upper - edge[i]),
    }
  },

  /** A step is the width of the filter's band, at least 50 Hz. */
  parameters({ low, band }, geometry) {
    const steps = low.map((value, n) => {
      const { lower, upper } = edges(value, band[n], geometry)
      return Math.max(upper - lower, LEAST_HERTZ)
    })
    return [
      { name: 'low', values: low, bounds: lowBounds(geometry), steps },
      { name: 'band', values: band, bounds: bandBounds(geometry), steps },
    ]
  },

  /**
   * A band that reaches beyond half the sample rate is cut off there: the filter is the same, and goes on learning.
   * A hertz is always left, for at 0 nothing would move it again.
   */
  withParameters(filterbank, values, geometry) {
    const [low, wide] = projected(sinc.parameters(filterbank, geometry), values)
    const band = wide.map((value, n) => {
      const room = Math.max(1, geometry.sampleRate / 2 - 2 * LEAST_HERTZ - Math.abs(low[n]))
      return Math.min(Math.max(value, -room), room)
    })
    return { kind: 'sinc', low, band }
  },

  /** Band-pass with a largest tap of 1, times a Hamming window; time 0 at tap K // 2, for an even number of taps too. */
  impulseResponses({ low, band }, geometry) {
    const window = hamming(geometry.windowLength)
    const real = low.map((value, n) => {
      const { lower, upper } = edges(value, band[n], geometry)
      return bandPass(lower, upper, geometry).map((tap, j) => tap * window[j])
    })
    return { real, imaginary: low.map(() => new Float64Array(geometry.windowLength)) }
  },

  /** The derivative of |p| at 0 is 0; an upper edge cut off at half the sample rate passes none. */
  gradient({ low, band }, tapGradients, geometry) {
    const window = hamming(geometry.windowLength)
    const lows = new Float64Array(low.length)
    const bands = new Float64Array(low.length)
    low.forEach((value, n) => {
      const { lower, upper, isFree } = edges(value, band[n], geometry)
      const windowed = tapGradients.real[n].map((gradient, j) => gradient * window[j])
      const gradient = bandPassGradient(lower, upper, windowed, geometry)
      const throughUpper = isFree ? gradient.upper : 0
      lows[n] = Math.sign(value) * (gradient.lower + throughUpper)
      bands[n] = Math.sign(band[n]) * throughUpper
    })
    return [lows, bands]
  },

  centerFrequencies({ low, band }, geometry) {
    return Float64Array.from(low, (value, n) => {
      const { lower, upper } = edges(value, band[n], geometry)
      return (lower + upper) / 2
    })
  },

  /** From edge to edge. */
  bandwidths({ low, band }, geometry) {
    return Float64Array.from(low, (value, n) => {
      const { lower, upper } = edges(value, band[n], geometry)
      return upper - lower
    })
  },

  summary: (filterbank, geometry) => `: centres ${range(sinc.centerFrequencies(filterbank, geometry), 'Hz')}`,
}

/** The periodic window of the official code: not symmetric about the middle tap. */
function hamming(windowLength: number): Float64Array {
  return Float64Array.from(
    { length: windowLength },
    (_, n) => 0.54 - 0.46 * cos((2 * Math.PI * n) / windowLength),
  )
}
