import { integerAt, numbersAt, onlyKeys } from '../checks.ts'
import { exp } from '../elementary.ts'
import type { Geometry } from '../geometry.ts'
import { projected } from '../parameters.ts'
import { equivalentRectangularBandwidth } from '../scales.ts'
import { range } from '../text.ts'
import { carrier } from './carrier.ts'
import type { TapFamily } from './family.ts'
import { melStart } from './mel-start.ts'

/**
 * Complex gammatone filters: the envelope τ^(order-1) exp(-2πbτ), τ ≥ 0, rises fast and decays slowly, as the ear's
 * filters do.
 */
export interface GammatoneFilterbank {
  readonly kind: 'gammatone'
  /** Centre frequency, Hz, 0 to half the sample rate. */
  readonly center: readonly number[]
  /** b, Hz: decay of the envelope over 2π. */
  readonly bandwidth: readonly number[]
  /** 1 to 8. */
  readonly order: number
}

const ORDER = { min: 1, max: 8 }
/** b of a filter of order 4 whose equivalent rectangular bandwidth is 1 Hz, 36 · 64 / (720 π). */
const OF_ERB = 1.019

const centerBounds = ({ sampleRate }: Geometry) => ({ min: 0, max: sampleRate / 2 })

/** Full width at half of the amplitude (1 + (Δf / b)²)^(-order / 2), over b. */
const widthOverB = (order: number) => 2 * Math.sqrt(exp((2 * Math.LN2) / order) - 1)

/** The range of a Gabor filter's full width at half maximum, sampleRate / K to sampleRate / 4, as b. */
function bandwidthBounds(order: number, { sampleRate, windowLength }: Geometry) {
  const width = widthOverB(order)
  return { min: sampleRate / windowLength / width, max: sampleRate / 4 / width }
}

export const gammatone: TapFamily<GammatoneFilterbank> = {
  kind: 'gammatone',
  domain: 'time',
  complex: true,

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'center', 'bandwidth', 'order'], path)
    const order = integerAt(value.order, `${path}.order`, ORDER)
    const { channels } = geometry
    return {
      kind: 'gammatone',
      center: numbersAt(value.center, `${path}.center`, channels, centerBounds(geometry)),
      bandwidth: numbersAt(value.bandwidth, `${path}.bandwidth`, channels, bandwidthBounds(order, geometry)),
      order,
    }
  },

  /** The Gabor filters' centres and the ear's bandwidths, moved onto their bounds. */
  initial(geometry) {
    const order = 4
    const { min, max } = bandwidthBounds(order, geometry)
    const center = melStart(geometry).map((start) => (start.center * geometry.sampleRate) / (2 * Math.PI))
    const bandwidth = center.map((frequency) =>
      Math.min(Math.max(OF_ERB * equivalentRectangularBandwidth(frequency), min), max),
    )
    return { kind: 'gammatone', center, bandwidth, order }
  },

  /** A step is the bandwidth b, for both. */
  parameters({ center, bandwidth, order }, geometry) {
    return [
      { name: 'center', values: center, bounds: centerBounds(geometry), steps: bandwidth },
      { name: 'bandwidth', values: bandwidth, bounds: bandwidthBounds(order, geometry), steps: bandwidth },
    ]
  },

  withParameters(filterbank, values, geometry) {
    const [center, bandwidth] = projected(gammatone.parameters(filterbank, geometry), values)
    return { kind: 'gammatone', center, bandwidth, order: filterbank.order }
  },

  /**
   * g(t) = e(t₀ - t) exp(iωt) / Σe, with the envelope e turned round in time: filters are applied by correlation, so
   * this is the turning that makes the response to a click rise fast and decay slowly. The envelope's peak,
   * t₀ = (order-1) / 2πb, stands at t = 0 in the window's middle, where a Gabor filter has its own, so that frames of
   * both describe the same moment. What lies outside the window is cut off, and the sum of what is left makes the
   * gain at the centre exactly 1.
   */
  impulseResponses({ center, bandwidth, order }, geometry) {
    const half = geometry.windowLength >> 1
    const real: Float64Array[] = []
    const imaginary: Float64Array[] = []
    center.forEach((frequency, n) => {
      const { envelope } = envelopeOf(bandwidth[n], order, geometry)
      const { cosine, sine } = carrier(perSample(frequency, geometry), half)
      real.push(envelope.map((value, j) => value * cosine[Math.abs(j - half)]))
      imaginary.push(envelope.map((value, j) => (j < half ? -value : value) * sine[Math.abs(j - half)]))
    })
    return { real, imaginary }
  },

  /** ∂g/∂ω = i t g; ∂g/∂a = g (d - Σ g d) with d = ∂ ln e / ∂a and a = 2πb per sample. */
  gradient(filterbank, tapGradients, geometry) {
    const half = geometry.windowLength >> 1
    const center = new Float64Array(filterbank.center.length)
    const bandwidth = new Float64Array(filterbank.center.length)
    filterbank.center.forEach((frequency, n) => {
      const { envelope, slope } = envelopeOf(filterbank.bandwidth[n], filterbank.order, geometry)
      const { cosine, sine } = carrier(perSample(frequency, geometry), half)
      const meanSlope = slope.reduce((sum, value) => sum + value, 0)
      for (let j = 0; j < geometry.windowLength; j++) {
        const t = j - half
        const re = cosine[Math.abs(t)]
        const im = t < 0 ? -sine[-t] : sine[t]
        const ofReal = tapGradients.real[n][j]
        const ofImaginary = tapGradients.imaginary[n][j]
        center[n] += t * envelope[j] * (ofImaginary * re - ofReal * im)
        bandwidth[n] += (slope[j] - envelope[j] * meanSlope) * (ofReal * re + ofImaginary * im)
      }
    })
    // The angles per sample for 1 Hz.
    return [center, bandwidth].map((values) => values.map((value) => value * perSample(1, geometry)))
  },

  centerFrequencies: ({ center }) => Float64Array.from(center),
  bandwidths: ({ bandwidth, order }) => Float64Array.from(bandwidth, (b) => b * widthOverB(order)),

  summary: ({ center, bandwidth, order }) =>
    `: centres ${range(center, 'Hz')}, bandwidths ${range(bandwidth, 'Hz')}, order ${order}`,
}

/** Radians a sample, of a frequency in Hz. */
function perSample(frequency: number, { sampleRate }: Geometry): number {
  return (2 * Math.PI * frequency) / sampleRate
}

/** The envelope of sum 1, and envelope · d ln e / da, at each tap. */
function envelopeOf(bandwidth: number, order: number, geometry: Geometry) {
  const { windowLength } = geometry
  const half = windowLength >> 1
  const decay = perSample(bandwidth, geometry)
  const peak = (order - 1) / decay
  const envelope = new Float64Array(windowLength)
  const slope = new Float64Array(windowLength)
  // From the peak outwards: forward to the envelope's beginning, and back along its tail.
  const fill = (step: 1 | -1) => {
    const factor = exp(step * decay)
    let decayed = 1
    for (let j = half; j >= 0 && j < windowLength; j += step, decayed *= factor) {
      const past = peak - (j - half)
      // Order 1 begins with its peak, the others with nothing.
      if (past < 0 || (past === 0 && order > 1)) break
      envelope[j] = decayed
      for (let power = 1; power < order; power++) envelope[j] *= past / peak
      // e = past^(order-1) exp(-decay · past), and past moves with the peak: ∂past/∂decay = -peak / decay.
      const moved = order > 1 ? ((order - 1) * peak) / (decay * past) : 0
      slope[j] = envelope[j] * (peak - past - moved)
    }
  }
  fill(1)
  fill(-1)
  const sum = envelope.reduce((total, value) => total + value, 0)
  return { envelope: envelope.map((value) => value / sum), slope: slope.map((value) => value / sum) }
}
