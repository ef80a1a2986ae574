import { type Bounds, numberAt, numbersAt, onlyKeys } from '../checks.ts'
import { projected } from '../parameters.ts'
import { range } from '../text.ts'
import type { CompressionFamily } from './family.ts'
import type { PcenCompression } from './pcen-description.ts'
import { pcenGradient } from './pcen-gradient.ts'

const MAX = Number.MAX_VALUE
const BOUNDS = {
  alpha: { min: -MAX, max: 1 },
  delta: { min: 0, max: MAX },
  root: { min: 1, max: MAX },
  smooth: { min: 0, max: 1 },
} satisfies Record<string, Bounds>

/** Least steps, so that an offset or a weight of zero can still be learned; of the offset far below any energy floor. */
const LEAST_DELTA_STEP = 1e-9
const LEAST_SMOOTH_STEP = 0.001

/** A feature of a steady sound, and one of a loud onset. */
const REST = 0.2
const LOUD = 3

export const pcen: CompressionFamily<PcenCompression> = {
  kind: 'pcen',
  nonNegative: true,
  transfer: 'dynamic',
  gainControl: true,
  leastEnergy: () => 0,

  refusal({ floor }, energyFloor) {
    if (floor > 0 || energyFloor > 0) return null
    return [
      'compression.floor and energyFloor are both 0, so that silence is divided by nothing',
      'Give one of them above 0.',
    ]
  },

  parse(value, path, { channels }) {
    onlyKeys(value, ['kind', 'alpha', 'delta', 'root', 'smooth', 'floor'], path)
    const numbers = (name: keyof typeof BOUNDS) =>
      numbersAt(value[name], `${path}.${name}`, channels, BOUNDS[name])
    return {
      kind: 'pcen',
      alpha: numbers('alpha'),
      delta: numbers('delta'),
      root: numbers('root'),
      smooth: numbers('smooth'),
      floor: numberAt(value.floor, `${path}.floor`, { min: 0, max: 1 }),
    }
  },

  initial({ channels }) {
    const all = (value: number) => new Array<number>(channels).fill(value)
    return { kind: 'pcen', alpha: all(0.96), delta: all(2), root: all(2), smooth: all(0.04), floor: 1e-12 }
  },

  /** A step of alpha is 1; the others' are shares of the value, of at least 1e-9 for delta and 0.001 for smooth. */
  parameters({ alpha, delta, root, smooth }) {
    const steps = {
      alpha: alpha.map(() => 1),
      delta: delta.map((value) => Math.max(value, LEAST_DELTA_STEP)),
      root,
      smooth: smooth.map((value) => Math.max(value, LEAST_SMOOTH_STEP)),
    }
    return [
      { name: 'alpha', values: alpha, bounds: BOUNDS.alpha, steps: steps.alpha },
      { name: 'delta', values: delta, bounds: BOUNDS.delta, steps: steps.delta },
      { name: 'root', values: root, bounds: BOUNDS.root, steps: steps.root },
      { name: 'smooth', values: smooth, bounds: BOUNDS.smooth, steps: steps.smooth },
    ]
  },

  withParameters(compression, values, geometry) {
    const [alpha, delta, root, smooth] = projected(pcen.parameters(compression, geometry), values)
    return { kind: 'pcen', alpha, delta, root, smooth, floor: compression.floor }
  },

  /**
   * M[t] = s·E[t] + (1-s)·M[t-1] from M[-1] = E[0]; y = (E / (floor + M)^α + δ)^(1/r) - δ^(1/r)
   * (leaf-audio `postprocessing.py`, `PCENLayer`).
   */
  compressor({ alpha, delta, root, smooth, floor }, channels) {
    const smoother = new Float64Array(channels)
    const offset = delta.map((value, n) => value ** (1 / root[n]))
    return (energies, features, first) => {
      if (first) smoother.set(energies)
      for (let n = 0; n < channels; n++) {
        smoother[n] = smooth[n] * energies[n] + (1 - smooth[n]) * smoother[n]
        const normalised = energies[n] / (floor + smoother[n]) ** alpha[n]
        features[n] = (normalised + delta[n]) ** (1 / root[n]) - offset[n]
      }
    }
  },

  gradient: pcenGradient,

  summary({ alpha, delta, root, smooth, floor }, { hop, sampleRate }) {
    // After this long an exponential average has forgotten all but 1 / e; with a weight of 1 it remembers nothing.
    const hopMs = (1000 * hop) / sampleRate
    const memory = smooth.map((weight) => (weight === 1 ? 0 : -hopMs / Math.log1p(-weight)))
    return `: alpha ${range(alpha)}, delta ${range(delta)}, root ${range(root)}, smooth ${range(smooth)} (time constants ${range(memory, 'ms')}), floor ${floor}`
  },

  brightness: () => (feature) => Math.sqrt(Math.max(0, feature - REST) / (LOUD - REST)),
}
