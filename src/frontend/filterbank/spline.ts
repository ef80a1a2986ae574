import { numbersAt, objectAt, onlyKeys } from '../checks.ts'
import { cos, exp, log, sin } from '../elementary.ts'
import type { Geometry } from '../geometry.ts'
import { projected, rootMeanSquare, UNBOUNDED } from '../parameters.ts'
import { range } from '../text.ts'
import type { TapFamily } from './family.ts'
import { addKnotGradient, type HermiteKnots, hermite, hermiteSlope } from './hermite.ts'
import { measuredBandwidths, measuredCenters } from './measured.ts'
import { melStart } from './mel-start.ts'

/**
 * One complex filter for all channels, a cubic Hermite spline over a few knots, dilated to the frequency of each
 * (Balestriero et al., Spline Filters For End-to-End Deep Learning, ICML 2018).
 */
export interface SplineFilterbank {
  readonly kind: 'spline'
  /** Hz: the dilation at which two knots are half a cycle of this frequency apart. */
  readonly center: readonly number[]
  readonly mother: Mother
}

/** The mother filter at its inner knots; at both its ends it vanishes, with its slope. Slopes are per knot interval. */
interface Mother {
  readonly real: readonly number[]
  readonly realSlope: readonly number[]
  readonly imaginary: readonly number[]
  readonly imaginarySlope: readonly number[]
}

const NAMES = ['real', 'realSlope', 'imaginary', 'imaginarySlope'] as const

/** Knots but for the first and the last, as many as in the authors' examples: seven cycles at half a cycle an interval. */
const INNER = 13
/** Knot intervals from the mother's middle to its end. */
const HALF = (INNER + 1) / 2
/** Samples of the mother in a knot interval, where its own frequency is sought. */
const DENSITY = 4

/** Half a cycle in the window at least. */
const centerBounds = ({ sampleRate, windowLength }: Geometry) => ({
  min: sampleRate / (2 * windowLength),
  max: sampleRate / 2,
})

export const spline: TapFamily<SplineFilterbank> = {
  kind: 'spline',
  domain: 'time',
  complex: true,

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'center', 'mother'], path)
    const mother = objectAt(value.mother, `${path}.mother`)
    onlyKeys(mother, NAMES, `${path}.mother`)
    return {
      kind: 'spline',
      center: numbersAt(value.center, `${path}.center`, geometry.channels, centerBounds(geometry)),
      mother: motherOf((name) => numbersAt(mother[name], `${path}.mother.${name}`, INNER, UNBOUNDED, 'knot')),
    }
  },

  /** Centres in equal ratios from the first of LEAF's to its last; the mother a tone under the square of a Hann window. */
  initial(geometry) {
    const { channels, sampleRate } = geometry
    const { min, max } = centerBounds(geometry)
    const ends = melStart(geometry).map(({ center }) =>
      Math.min(Math.max((center * sampleRate) / (2 * Math.PI), min), max),
    )
    const first = log(ends[0])
    const step = (log(ends[channels - 1]) - first) / Math.max(1, channels - 1)
    return {
      kind: 'spline',
      center: ends.map((_, n) => Math.min(Math.max(exp(first + n * step), min), max)),
      mother: windowedTone(),
    }
  },

  /**
   * A step of a centre is a cycle more in the mother's length; one of the mother the root mean square of all its values, or
   * of all its slopes.
   */
  parameters({ center, mother }, geometry) {
    const { real, realSlope, imaginary, imaginarySlope } = mother
    const ofValues = rootMeanSquare(real.concat(imaginary))
    const ofSlopes = rootMeanSquare(realSlope.concat(imaginarySlope))
    const ofMother = NAMES.map((name) => ({
      name,
      values: mother[name],
      bounds: UNBOUNDED,
      steps: mother[name].map(() => (name === 'real' || name === 'imaginary' ? ofValues : ofSlopes)),
    }))
    const steps = center.map((frequency) => frequency / HALF)
    return [{ name: 'center', values: center, bounds: centerBounds(geometry), steps }, ...ofMother]
  },

  withParameters(filterbank, values, geometry) {
    const [center, ...mother] = projected(spline.parameters(filterbank, geometry), values)
    return { kind: 'spline', center, mother: motherOf((name) => mother[NAMES.indexOf(name)]) }
  },

  /**
   * g(t) = h(t / s) / s with s samples a knot interval, so that every dilation has the gain of the mother h, whose middle
   * stands at t = 0. What lies outside the window is cut off.
   */
  impulseResponses({ center, mother }, geometry) {
    const { real, imaginary } = balanced(mother)
    const taps = (part: HermiteKnots) => center.map((frequency) => dilated(part, frequency, geometry))
    return { real: taps(real), imaginary: taps(imaginary) }
  },

  /** With a = 1 / s and u = at: ∂g/∂a = h(u) + at h'(u). */
  gradient({ center, mother }, tapGradients, geometry) {
    const own = balanced(mother)
    const centers = new Float64Array(center.length)
    const ofParts = (['real', 'imaginary'] as const).map((name) => {
      const sums = { values: new Float64Array(INNER), slopes: new Float64Array(INNER) }
      center.forEach((frequency, n) => {
        const { perSample, at } = positionsOf(frequency, geometry)
        tapGradients[name][n].forEach((outer, j) => {
          const position = at(j)
          const moved = hermite(own[name], position) + (position - HALF) * hermiteSlope(own[name], position)
          centers[n] += (2 / geometry.sampleRate) * moved * outer
          addKnotGradient(sums, position, perSample * outer)
        })
      })
      return [withoutMean(sums.values), sums.slopes]
    })
    return [centers, ...ofParts.flat()]
  },

  /** The centres times the mother's own frequency over half a cycle an interval, at which it starts. */
  centerFrequencies({ center, mother }, geometry) {
    const { real, imaginary } = balanced(mother)
    const samples = (part: HermiteKnots) =>
      Float64Array.from({ length: 2 * HALF * DENSITY }, (_, i) => hermite(part, i / DENSITY))
    const own = { real: [samples(real)], imaginary: [samples(imaginary)] }
    const [ratio] = measuredCenters(own, { ...geometry, sampleRate: 2 * DENSITY })
    return Float64Array.from(center, (frequency) => Math.min(frequency * ratio, geometry.sampleRate / 2))
  },

  bandwidths: (filterbank, geometry) =>
    measuredBandwidths(spline.impulseResponses(filterbank, geometry), geometry),

  summary(filterbank, geometry) {
    const centers = range(spline.centerFrequencies(filterbank, geometry), 'Hz')
    return `: one filter of ${INNER + 2} knots, dilated to centres ${centers}`
  },
}

function motherOf(of: (name: (typeof NAMES)[number]) => number[]): Mother {
  return {
    real: of('real'),
    realSlope: of('realSlope'),
    imaginary: of('imaginary'),
    imaginarySlope: of('imaginarySlope'),
  }
}

/**
 * The spline nearest to w(u) exp(iπu), u in knot intervals from the middle, w = cos⁴ up to the ends. Where a cosine has a
 * knot at each of its peaks, the cubics between them hold 96/π⁴ of it; they hold as much of a sine if its slopes at the
 * knots are 12/π instead of π, and then negative frequencies cancel. The gain at half a cycle an interval is 1.
 */
function windowedTone(): Mother {
  const knots = Array.from({ length: INNER }, (_, k) => {
    // Knot intervals before the middle.
    const before = HALF - 1 - k
    const angle = (Math.PI * before) / (2 * HALF)
    const sign = before % 2 === 0 ? 1 : -1
    return { sign, window: cos(angle) ** 4, slope: (2 * Math.PI * cos(angle) ** 3 * sin(angle)) / HALF }
  })
  const sum = knots.reduce((total, { window }) => total + window, 0)
  const peak = Math.PI ** 4 / (96 * sum)
  return {
    real: knots.map(({ sign, window }) => peak * sign * window),
    realSlope: knots.map(({ sign, slope }) => peak * sign * slope),
    imaginary: knots.map(() => 0),
    imaginarySlope: knots.map(({ sign, window }) => (12 / Math.PI) * peak * sign * window),
  }
}

/** Both parts with values whose sum is 0: that is a spline's integral, over equal intervals and with ends of 0. */
function balanced({ real, realSlope, imaginary, imaginarySlope }: Mother) {
  return {
    real: { values: withoutMean(real), slopes: realSlope },
    imaginary: { values: withoutMean(imaginary), slopes: imaginarySlope },
  }
}

function withoutMean(values: ArrayLike<number>): Float64Array {
  const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
  return Float64Array.from(values, (value) => value - mean)
}

/** Where the taps of a dilation lie on the mother, in knot intervals from its first knot. */
function positionsOf(frequency: number, { sampleRate, windowLength }: Geometry) {
  const perSample = (2 * frequency) / sampleRate
  return { perSample, at: (j: number) => HALF + (j - (windowLength >> 1)) * perSample }
}

function dilated(part: HermiteKnots, frequency: number, geometry: Geometry): Float64Array {
  const { perSample, at } = positionsOf(frequency, geometry)
  return Float64Array.from({ length: geometry.windowLength }, (_, j) => perSample * hermite(part, at(j)))
}
