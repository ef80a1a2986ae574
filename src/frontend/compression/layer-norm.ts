import { numberAt, numbersAt, onlyKeys } from '../checks.ts'
import { projected, UNBOUNDED } from '../parameters.ts'
import type { Compression } from './family.ts'

/** Each frame brought to mean 0 and variance 1 over its channels, then scaled and moved (arXiv 1607.06450). */
export interface LayerNormCompression {
  readonly kind: 'layer-norm'
  /** Scale of each channel. */
  readonly gamma: readonly number[]
  /** Offset of each channel. */
  readonly beta: readonly number[]
  /** Added to the variance. */
  readonly epsilon: number
}

export const layerNorm: Compression<LayerNormCompression> = {
  kind: 'layer-norm',

  parse(value, path, { channels }) {
    onlyKeys(value, ['kind', 'gamma', 'beta', 'epsilon'], path)
    return {
      kind: 'layer-norm',
      gamma: numbersAt(value.gamma, `${path}.gamma`, channels, UNBOUNDED),
      beta: numbersAt(value.beta, `${path}.beta`, channels, UNBOUNDED),
      epsilon: numberAt(value.epsilon, `${path}.epsilon`, { min: 1e-12, max: 1 }),
    }
  },

  initial({ channels }) {
    const all = (value: number) => new Array<number>(channels).fill(value)
    return { kind: 'layer-norm', gamma: all(1), beta: all(0), epsilon: 1e-3 }
  },

  /** Steps are 1: the features have that size. */
  parameters({ gamma, beta }) {
    const steps = gamma.map(() => 1)
    return [
      { name: 'gamma', values: gamma, bounds: UNBOUNDED, steps },
      { name: 'beta', values: beta, bounds: UNBOUNDED, steps },
    ]
  },

  withParameters(compression, values, geometry) {
    const [gamma, beta] = projected(layerNorm.parameters(compression, geometry), values)
    return { kind: 'layer-norm', gamma, beta, epsilon: compression.epsilon }
  },

  /** y = γ (E - mean) / √(variance + ε) + β, mean and biased variance over the channels of a frame. */
  apply({ gamma, beta, epsilon }, energies, channels) {
    const outputs = new Float64Array(energies.length)
    for (let start = 0; start < energies.length; start += channels) {
      const { values } = normalised(energies.subarray(start, start + channels), epsilon)
      values.forEach((value, n) => (outputs[start + n] = gamma[n] * value + beta[n]))
    }
    return outputs
  },

  /** With v the normalised frame and h = γ·∂L/∂y: ∂L/∂E = (h - mean(h) - v·mean(h v)) / √(variance + ε). */
  gradient({ gamma, epsilon }, energies, outputGradients, channels) {
    const gradients = new Float64Array(energies.length)
    const gammas = new Float64Array(channels)
    const betas = new Float64Array(channels)
    for (let start = 0; start < energies.length; start += channels) {
      const { values, scale } = normalised(energies.subarray(start, start + channels), epsilon)
      const scaled = new Float64Array(channels)
      let mean = 0
      let along = 0
      for (let n = 0; n < channels; n++) {
        const gradient = outputGradients[start + n]
        gammas[n] += gradient * values[n]
        betas[n] += gradient
        scaled[n] = gradient * gamma[n]
        mean += scaled[n] / channels
        along += (scaled[n] * values[n]) / channels
      }
      for (let n = 0; n < channels; n++) {
        gradients[start + n] = (scaled[n] - mean - values[n] * along) * scale
      }
    }
    return { energies: gradients, parameters: [gammas, betas] }
  },
}

/** A frame of mean 0 and variance 1, and the factor that made it so. */
function normalised(frame: Float64Array, epsilon: number) {
  const mean = frame.reduce((sum, value) => sum + value, 0) / frame.length
  const variance = frame.reduce((sum, value) => sum + (value - mean) ** 2, 0) / frame.length
  const scale = 1 / Math.sqrt(variance + epsilon)
  return { values: frame.map((value) => (value - mean) * scale), scale }
}
