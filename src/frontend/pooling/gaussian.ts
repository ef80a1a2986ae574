import { numbersAt, onlyKeys } from '../checks.ts'
import { exp } from '../elementary.ts'
import type { Geometry } from '../geometry.ts'
import { projected, UNBOUNDED } from '../parameters.ts'
import type { LearnableParameter } from '../part.ts'
import { range } from '../text.ts'
import type { WindowFamily } from './family.ts'

/** Gaussian low-pass pooling, one width per channel (LEAF, section 3.2). */
export interface GaussianPooling {
  readonly kind: 'gaussian'
  /** Standard deviation as a share of half the window, 2/K to 0.5. */
  readonly width: readonly number[]
  /** Added to the pooled energy; the PyTorch ports learn it. Absent: 0. */
  readonly bias?: readonly number[]
}

/** Least step of a bias: that of an energy that can be heard. */
const LEAST_BIAS_STEP = 0.01

const widthBounds = ({ windowLength }: Geometry) => ({ min: 2 / windowLength, max: 0.5 })

export const gaussian: WindowFamily<GaussianPooling> = {
  kind: 'gaussian',
  method: 'window',

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'width', 'bias'], path)
    const { channels } = geometry
    const width = numbersAt(value.width, `${path}.width`, channels, widthBounds(geometry))
    if (value.bias === undefined) return { kind: 'gaussian', width }
    return { kind: 'gaussian', width, bias: numbersAt(value.bias, `${path}.bias`, channels, UNBOUNDED) }
  },

  initial(geometry) {
    return { kind: 'gaussian', width: new Array<number>(geometry.channels).fill(0.4) }
  },

  /** Steps are shares of the width, and of the bias or 0.01 if that is more. */
  parameters({ width, bias }, geometry) {
    const learnable: LearnableParameter[] = [
      { name: 'width', values: width, bounds: widthBounds(geometry), steps: width },
    ]
    if (bias) {
      const steps = bias.map((value) => Math.max(Math.abs(value), LEAST_BIAS_STEP))
      learnable.push({ name: 'bias', values: bias, bounds: UNBOUNDED, steps })
    }
    return learnable
  },

  withParameters(pooling, values, geometry) {
    const [width, bias] = projected(gaussian.parameters(pooling, geometry), values)
    return bias ? { kind: 'gaussian', width, bias } : { kind: 'gaussian', width }
  },

  /** w(k) = exp(-½ ((k - (K-1)/2) / (s (K-1)/2))²): peak 1, not unit sum (leaf-audio `pooling.py`). */
  windows(pooling, { windowLength }) {
    const half = (windowLength - 1) / 2
    return pooling.width.map((width) => {
      const window = new Float64Array(windowLength)
      for (let k = 0; k <= half; k++) {
        const u = (k - half) / (width * half)
        // Symmetric: at every step of training one exponential does for two weights.
        window[k] = exp(-0.5 * u * u)
        window[windowLength - 1 - k] = window[k]
      }
      return window
    })
  },

  bias: ({ bias }) => bias,
  maybeNegative: ({ bias }) => (bias ? 'pooling.bias' : null),

  /** ∂w/∂s = w · u² / s³, u = (k - (K-1)/2) / ((K-1)/2). */
  gradient(pooling, windowGradients, energyGradients, geometry) {
    const half = (geometry.windowLength - 1) / 2
    const windows = gaussian.windows(pooling, geometry)
    const width = Float64Array.from(pooling.width, (share, channel) => {
      let sum = 0
      windowGradients[channel].forEach((gradient, k) => {
        const u = (k - half) / half
        sum += gradient * windows[channel][k] * u * u
      })
      return sum / (share * share * share)
    })
    return pooling.bias ? [width, energyGradients.slice()] : [width]
  },

  summary({ width, bias }, { windowLength, sampleRate }) {
    const deviations = width.map((share) => (share * (windowLength - 1) * 500) / sampleRate)
    return `: standard deviations ${range(deviations, 'ms')}${bias ? `, bias ${range(bias)}` : ''}`
  },
}
