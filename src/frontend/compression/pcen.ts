import { type Bounds, numberAt, numbersAt, onlyKeys } from '../checks.ts'
import { projected } from '../parameters.ts'
import type { Compression } from './family.ts'
import type { PcenCompression } from './pcen-description.ts'
import { pcenGradient } from './pcen-gradient.ts'

const MAX = Number.MAX_VALUE
const BOUNDS = {
  alpha: { min: -MAX, max: 1 },
  delta: { min: 0, max: MAX },
  root: { min: 1, max: MAX },
  smooth: { min: 0, max: 1 },
} satisfies Record<string, Bounds>

/** Least steps, so that an offset or a weight of zero can still be learned. */
const LEAST_DELTA_STEP = 0.01
const LEAST_SMOOTH_STEP = 0.001

export const pcen: Compression<PcenCompression> = {
  kind: 'pcen',

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

  /** A step of alpha is 1; the others' are shares of the value, of at least 0.01 for delta and 0.001 for smooth. */
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
  apply(compression, energies, channels) {
    const { alpha, delta, root, smooth, floor } = compression
    const smoother = energies.slice(0, channels)
    const offset = delta.map((value, n) => value ** (1 / root[n]))
    return energies.map((energy, i) => {
      const n = i % channels
      smoother[n] = smooth[n] * energy + (1 - smooth[n]) * smoother[n]
      const normalised = energy / (floor + smoother[n]) ** alpha[n]
      return (normalised + delta[n]) ** (1 / root[n]) - offset[n]
    })
  },

  gradient: pcenGradient,
}
