import { type Bounds, numbersAt, onlyKeys } from '../checks.ts'
import { exp } from '../elementary.ts'
import { projected } from '../parameters.ts'
import { range } from '../text.ts'
import { carrier } from './carrier.ts'
import type { TapFamily } from './family.ts'
import { melStart, ROOT_2_LN_2 } from './mel-start.ts'

/** Complex Gabor filters (LEAF, section 3.1 of arXiv 2101.08596). */
export interface GaborFilterbank {
  readonly kind: 'gabor'
  /** Centre frequency, rad/sample, 0 to π. */
  readonly center: readonly number[]
  /** Standard deviation of the envelope, samples. */
  readonly sigma: readonly number[]
}

const CENTER: Bounds = { min: 0, max: Math.PI }

/** Bounds of sigma, samples: a full width at half maximum of π/2 down to 2π·(1/2)/K rad (leaf-audio `convolution.py`). */
export function sigmaBounds(windowLength: number): Bounds {
  return { min: (4 * ROOT_2_LN_2) / Math.PI, max: (windowLength * ROOT_2_LN_2) / Math.PI }
}

export const gabor: TapFamily<GaborFilterbank> = {
  kind: 'gabor',
  domain: 'time',
  complex: true,

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'center', 'sigma'], path)
    return {
      kind: 'gabor',
      center: numbersAt(value.center, `${path}.center`, geometry.channels, CENTER),
      sigma: numbersAt(value.sigma, `${path}.sigma`, geometry.channels, sigmaBounds(geometry.windowLength)),
    }
  },

  /** Centres and widths of mel filters (leaf-audio `melfilters.py`), sigma on its bound where it is beyond. */
  initial(geometry) {
    const start = melStart(geometry)
    const { min, max } = sigmaBounds(geometry.windowLength)
    return {
      kind: 'gabor',
      center: start.map(({ center }) => center),
      sigma: start.map(({ sigma }) => Math.min(Math.max(sigma, min), max)),
    }
  },

  /** A step of the centre is the filter's bandwidth 1 / σ; one of sigma is σ itself. */
  parameters({ center, sigma }, { windowLength }) {
    const steps = sigma.map((samples) => 1 / samples)
    return [
      { name: 'center', values: center, bounds: CENTER, steps },
      { name: 'sigma', values: sigma, bounds: sigmaBounds(windowLength), steps: sigma },
    ]
  },

  withParameters(filterbank, values, geometry) {
    const [center, sigma] = projected(gabor.parameters(filterbank, geometry), values)
    return { kind: 'gabor', center, sigma }
  },

  /** g(t) = exp(-t² / 2σ²) · exp(iμt) / (√(2π) σ), t from -(K // 2): unit amplitude gain at the centre. */
  impulseResponses({ center, sigma }, { windowLength }) {
    const real: Float64Array[] = []
    const imaginary: Float64Array[] = []
    center.forEach((mu, channel) => {
      const taps = gaborTaps(mu, sigma[channel], windowLength)
      real.push(taps.real)
      imaginary.push(taps.imaginary)
    })
    return { real, imaginary }
  },

  /** ∂g/∂μ = i t g; ∂g/∂σ = (t² / σ³ - 1 / σ) g. */
  gradient(filterbank, tapGradients, { windowLength }) {
    const center = new Float64Array(filterbank.center.length)
    const sigma = new Float64Array(filterbank.center.length)
    const half = windowLength >> 1
    filterbank.center.forEach((mu, n) => {
      const { real, imaginary } = halfGabor(mu, filterbank.sigma[n], half)
      const gradientReal = tapGradients.real[n]
      const gradientImaginary = tapGradients.imaginary[n]
      let zeroth = 0
      let first = 0
      let second = 0
      // g(-t) is the conjugate of g(t): both taps at once, the middle one and the lone first of an even number apart.
      for (let t = 1; half + t < windowLength; t++) {
        const even = gradientReal[half + t] + gradientReal[half - t]
        const odd = gradientImaginary[half + t] - gradientImaginary[half - t]
        const along = even * real[t] + odd * imaginary[t]
        zeroth += along
        second += t * t * along
        first += t * (odd * real[t] - even * imaginary[t])
      }
      zeroth += gradientReal[half] * real[0]
      if (windowLength % 2 === 0) {
        const along = gradientReal[0] * real[half] - gradientImaginary[0] * imaginary[half]
        zeroth += along
        second += half * half * along
        first -= half * (gradientImaginary[0] * real[half] + gradientReal[0] * imaginary[half])
      }
      const spread = filterbank.sigma[n]
      center[n] = first
      sigma[n] = second / (spread * spread * spread) - zeroth / spread
    })
    return [center, sigma]
  },

  centerFrequencies(filterbank, { sampleRate }) {
    return Float64Array.from(filterbank.center, (mu) => (mu * sampleRate) / (2 * Math.PI))
  },

  /** sampleRate · √(2 ln 2) / (π σ). */
  bandwidths({ sigma }, { sampleRate }) {
    return Float64Array.from(sigma, (samples) => (sampleRate * ROOT_2_LN_2) / (Math.PI * samples))
  },

  summary(filterbank, geometry) {
    const centers = range(gabor.centerFrequencies(filterbank, geometry), 'Hz')
    return `: centres ${centers}, full width at half maximum ${range(gabor.bandwidths(filterbank, geometry), 'Hz')}`
  },
}

/** A Gabor filter of `windowLength` taps; tap j belongs to time `j - windowLength // 2`. */
export function gaborTaps(mu: number, sigma: number, windowLength: number) {
  const half = windowLength >> 1
  const positive = halfGabor(mu, sigma, half)
  const real = new Float64Array(windowLength)
  const imaginary = new Float64Array(windowLength)
  for (let t = 0; t <= half; t++) {
    real[half - t] = positive.real[t]
    imaginary[half - t] = -positive.imaginary[t]
    // An even number of taps lacks the last positive time.
    if (half + t === windowLength) break
    real[half + t] = positive.real[t]
    imaginary[half + t] = positive.imaginary[t]
  }
  return { real, imaginary }
}

/** g at times 0 to `half`. */
function halfGabor(mu: number, sigma: number, half: number) {
  const { cosine: real, sine: imaginary } = carrier(mu, half)
  const peak = 1 / (Math.sqrt(2 * Math.PI) * sigma)
  const decay = -1 / (2 * sigma * sigma)
  for (let t = 0; t <= half; t++) {
    const envelope = peak * exp(decay * t * t)
    real[t] *= envelope
    imaginary[t] *= envelope
  }
  return { real, imaginary }
}
