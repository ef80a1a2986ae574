import { type Bounds, numbersAt, onlyKeys } from '../checks.ts'
import { cos, exp, sin } from '../elementary.ts'
import type { Geometry } from '../geometry.ts'
import { melMatrix } from '../scales.ts'
import type { TapFamily } from './family.ts'

/** Complex Gabor filters (LEAF, section 3.1 of arXiv 2101.08596). */
export interface GaborFilterbank {
  readonly kind: 'gabor'
  /** Centre frequency, rad/sample, 0 to π. */
  readonly center: readonly number[]
  /** Standard deviation of the envelope, samples. */
  readonly sigma: readonly number[]
}

const ROOT_2_LN_2 = Math.sqrt(2 * Math.LN2)
const CENTER: Bounds = { min: 0, max: Math.PI }

/** Bounds of sigma, samples: a full width at half maximum of π/2 down to 2π·(1/2)/K rad (leaf-audio `convolution.py`). */
export function sigmaBounds(windowLength: number): Bounds {
  return { min: (4 * ROOT_2_LN_2) / Math.PI, max: (windowLength * ROOT_2_LN_2) / Math.PI }
}

/** The official initialisation reads centre and width off a mel matrix of 60 to 7800 Hz with 512 bins (leaf-audio `melfilters.py`). */
const INITIAL = { fftSize: 512, lowest: 60, highest: 7800 }

export const gabor: TapFamily<GaborFilterbank> = {
  kind: 'gabor',
  domain: 'time',

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'center', 'sigma'], path)
    return {
      kind: 'gabor',
      center: numbersAt(value.center, `${path}.center`, geometry.channels, CENTER),
      sigma: numbersAt(value.sigma, `${path}.sigma`, geometry.channels, sigmaBounds(geometry.windowLength)),
    }
  },

  initial(geometry) {
    const { fftSize, lowest } = INITIAL
    const highest = Math.min(INITIAL.highest, geometry.sampleRate / 2)
    const bounds = sigmaBounds(geometry.windowLength)
    const center: number[] = []
    const sigma: number[] = []
    for (const row of melMatrix(geometry.channels, fftSize, geometry.sampleRate, lowest, highest)) {
      const amplitude = row.map(Math.sqrt)
      const peak = amplitude.indexOf(Math.max(...amplitude))
      const width = amplitude.filter((value) => value >= amplitude[peak] / 2).length
      center.push((peak * 2 * Math.PI) / fftSize)
      const spread = (ROOT_2_LN_2 * fftSize) / (Math.PI * width)
      sigma.push(Math.min(Math.max(spread, bounds.min), bounds.max))
    }
    return { kind: 'gabor', center, sigma }
  },

  /** g(t) = exp(-t² / 2σ²) · exp(iμt) / (√(2π) σ), t from -(K // 2): unit amplitude gain at the centre. */
  impulseResponses(filterbank, geometry) {
    const real: Float64Array[] = []
    const imaginary: Float64Array[] = []
    filterbank.center.forEach((mu, channel) => {
      const sigma = filterbank.sigma[channel]
      const re = new Float64Array(geometry.windowLength)
      const im = new Float64Array(geometry.windowLength)
      for (let j = 0; j < geometry.windowLength; j++) {
        const t = j - (geometry.windowLength >> 1)
        const envelope = exp((-t * t) / (2 * sigma * sigma)) / (Math.sqrt(2 * Math.PI) * sigma)
        re[j] = envelope * cos(mu * t)
        im[j] = envelope * sin(mu * t)
      }
      real.push(re)
      imaginary.push(im)
    })
    return { real, imaginary }
  },

  centerFrequencies(filterbank, geometry: Geometry) {
    return Float64Array.from(filterbank.center, (mu) => (mu * geometry.sampleRate) / (2 * Math.PI))
  },
}
