import { numberAt, numbersAt, onlyKeys } from '../checks.ts'
import { projected, UNBOUNDED } from '../parameters.ts'
import { range } from '../text.ts'
import { linear } from './brightness.ts'
import type { CompressionFamily } from './family.ts'

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

/** Standard deviations from the mean of a frame. */
const QUIET = -1
const LOUD = 5

export const layerNorm: CompressionFamily<LayerNormCompression> = {
  kind: 'layer-norm',
  nonNegative: false,
  transfer: 'none',
  gainControl: false,
  leastEnergy: () => 0,

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
  compressor({ gamma, beta, epsilon }, channels) {
    return (energies, features) => {
      const { mean, scale } = statistics(energies, epsilon)
      for (let n = 0; n < channels; n++) features[n] = gamma[n] * ((energies[n] - mean) * scale) + beta[n]
    }
  },

  /** With v the normalised frame and h = γ·∂L/∂y: ∂L/∂E = (h - mean(h) - v·mean(h v)) / √(variance + ε). */
  gradient({ gamma, epsilon }, energies, outputGradients, channels) {
    const gradients = new Float64Array(energies.length)
    const gammas = new Float64Array(channels)
    const betas = new Float64Array(channels)
    for (let start = 0; start < energies.length; start += channels) {
      const frame = energies.subarray(start, start + channels)
      const { mean: level, scale } = statistics(frame, epsilon)
      const values = frame.map((energy) => (energy - level) * scale)
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

  summary: ({ gamma, beta, epsilon }) => `: gamma ${range(gamma)}, beta ${range(beta)}, epsilon ${epsilon}`,
  sentence: () =>
    'Each frame is brought to mean 0 and variance 1 over all channels, so that none has a curve of its own.',
  brightness: () => linear(QUIET, LOUD),
}

/** What a frame is moved and multiplied by to have mean 0 and variance 1. */
function statistics(frame: Float32Array | Float64Array, epsilon: number) {
  let mean = 0
  for (const energy of frame) mean += energy
  mean /= frame.length
  let variance = 0
  for (const energy of frame) variance += (energy - mean) ** 2
  return { mean, scale: 1 / Math.sqrt(variance / frame.length + epsilon) }
}
