import { onlyKeys } from '../checks.ts'
import { cos } from '../elementary.ts'
import type { Geometry } from '../geometry.ts'
import type { LearnableParameter } from '../part.ts'
import { range } from '../text.ts'
import { carrier } from './carrier.ts'
import type { TapFamily } from './family.ts'
import { melStart, ROOT_2_LN_2 } from './mel-start.ts'
import {
  type Bands,
  bandCenters,
  bandGradients,
  bandParameters,
  bandsWith,
  bandWidths,
  edges,
  LEAST_HERTZ,
  LEFT_HERTZ,
  parseBands,
} from './sinc-bands.ts'

/**
 * Band-pass filters between two learnable edges, each with its quadrature partner for an imaginary part, so that their
 * squared modulus does not depend on phase (Pariente et al., arXiv 1910.10400).
 */
export interface AnalyticSincFilterbank extends Bands {
  readonly kind: 'analytic-sinc'
}

/** A lower edge leaves room for the least band below half the sample rate. */
function lowBounds({ sampleRate }: Geometry) {
  const max = sampleRate / 2 - 2 * LEAST_HERTZ
  return { min: -max, max }
}

export const analyticSinc: TapFamily<AnalyticSincFilterbank> = {
  kind: 'analytic-sinc',
  domain: 'time',
  complex: true,

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'low', 'band'], path)
    return { kind: 'analytic-sinc', ...parseBands(value, path, geometry, lowBounds(geometry)) }
  },

  /** LEAF's start: bands about its centres, as wide as its Gabor filters at half of their largest amplitude. */
  initial(geometry) {
    const { sampleRate } = geometry
    const { max } = lowBounds(geometry)
    const low: number[] = []
    const band: number[] = []
    for (const { center, sigma } of melStart(geometry)) {
      const middle = (center * sampleRate) / (2 * Math.PI)
      const width = (sampleRate * ROOT_2_LN_2) / (Math.PI * sigma)
      low.push(Math.min(Math.max(middle - width / 2 - LEAST_HERTZ, LEFT_HERTZ), max))
      band.push(Math.max(width - LEAST_HERTZ, LEFT_HERTZ))
    }
    return withinSpectrum(bandParameters({ low, band }, geometry, lowBounds(geometry)), [low, band], geometry)
  },

  parameters: (filterbank, geometry) => bandParameters(filterbank, geometry, lowBounds(geometry)),

  withParameters: (filterbank, values, geometry) =>
    withinSpectrum(analyticSinc.parameters(filterbank, geometry), values, geometry),

  /**
   * The ideal band-pass for positive frequencies alone, of gain 1: with width w and sum s of the edges over the sample
   * rate g(t) = sin(πwt) / πt · exp(iπst), t in samples from -(K // 2), times a Hamming window symmetric about t = 0.
   * The paper's filters have a middle tap of 1 instead of w, and with it a gain of 1 / w.
   */
  impulseResponses({ low, band }, geometry) {
    const { windowLength } = geometry
    const half = windowLength >> 1
    const window = halfHamming(half)
    const real: Float64Array[] = []
    const imaginary: Float64Array[] = []
    low.forEach((value, n) => {
      const { lower, upper } = edges(value, band[n], geometry)
      const { width, ofWidth, ofSum } = carriers(lower, upper, geometry)
      const re = new Float64Array(windowLength)
      const im = new Float64Array(windowLength)
      re[half] = width
      for (let t = 1; t <= half; t++) {
        const envelope = (window[t] * ofWidth.sine[t]) / (Math.PI * t)
        const odd = envelope * ofSum.sine[t]
        re[half - t] = envelope * ofSum.cosine[t]
        im[half - t] = -odd
        // An even number of taps lacks the last positive time.
        if (half + t === windowLength) break
        re[half + t] = re[half - t]
        im[half + t] = odd
      }
      real.push(re)
      imaginary.push(im)
    })
    return { real, imaginary }
  },

  /** ∂g/∂w = cos(πwt) exp(iπst); ∂g/∂s = iπt g; both times the window. */
  gradient(filterbank, tapGradients, geometry) {
    const { windowLength, sampleRate } = geometry
    const half = windowLength >> 1
    const window = halfHamming(half)
    return bandGradients(filterbank, geometry, (n, lower, upper) => {
      const { ofWidth, ofSum } = carriers(lower, upper, geometry)
      const ofReal = tapGradients.real[n]
      const ofImaginary = tapGradients.imaginary[n]
      let byWidth = ofReal[half]
      let bySum = 0
      for (let t = 1; t <= half; t++) {
        // g(-t) is the conjugate of g(t): both taps at once, but for the lone first of an even number.
        const isLone = half + t === windowLength
        const even = ofReal[half - t] + (isLone ? 0 : ofReal[half + t])
        const odd = (isLone ? 0 : ofImaginary[half + t]) - ofImaginary[half - t]
        byWidth += window[t] * ofWidth.cosine[t] * (even * ofSum.cosine[t] + odd * ofSum.sine[t])
        bySum += window[t] * ofWidth.sine[t] * (odd * ofSum.cosine[t] - even * ofSum.sine[t])
      }
      return { lower: (bySum - byWidth) / sampleRate, upper: (bySum + byWidth) / sampleRate }
    })
  },

  centerFrequencies: bandCenters,
  bandwidths: bandWidths,

  summary(filterbank, geometry) {
    const centers = range(bandCenters(filterbank, geometry), 'Hz')
    return `: centres ${centers}, from edge to edge ${range(bandWidths(filterbank, geometry), 'Hz')}`
  },
}

function withinSpectrum(
  parameters: readonly LearnableParameter[],
  values: readonly ArrayLike<number>[],
  geometry: Geometry,
): AnalyticSincFilterbank {
  return { kind: 'analytic-sinc', ...bandsWith(parameters, values, geometry) }
}

/** The width over the sample rate, and exp(iπwt) and exp(iπst) at t = 0 to K // 2. */
function carriers(lower: number, upper: number, { windowLength, sampleRate }: Geometry) {
  const half = windowLength >> 1
  const width = (upper - lower) / sampleRate
  return {
    width,
    ofWidth: carrier(Math.PI * width, half),
    ofSum: carrier((Math.PI * (upper + lower)) / sampleRate, half),
  }
}

/** At t = 0 to `half`: 1 in the middle, 0.08 at the end. */
function halfHamming(half: number): Float64Array {
  return Float64Array.from({ length: half + 1 }, (_, t) => 0.54 + 0.46 * cos((Math.PI * t) / half))
}
