import { numberAt, numbersAt, onlyKeys } from '../checks.ts'
import type { Compression } from './family.ts'

/** Per-channel energy normalisation with every parameter its own per channel (LEAF's sPCEN, section 3.3). */
export interface PcenCompression {
  readonly kind: 'pcen'
  /** Strength of the gain control, at most 1. */
  readonly alpha: readonly number[]
  /** Offset before the root, at least 0: below, the root of a negative number would be taken. */
  readonly delta: readonly number[]
  /** Root, at least 1: the exponent is 1 / root. */
  readonly root: readonly number[]
  /** Weight of the newest frame in the smoother, 0 to 1. */
  readonly smooth: readonly number[]
  /** Added to the smoother's output. */
  readonly floor: number
}

const MAX = Number.MAX_VALUE

export const pcen: Compression<PcenCompression> = {
  kind: 'pcen',

  parse(value, path, { channels }) {
    onlyKeys(value, ['kind', 'alpha', 'delta', 'root', 'smooth', 'floor'], path)
    return {
      kind: 'pcen',
      alpha: numbersAt(value.alpha, `${path}.alpha`, channels, { min: -MAX, max: 1 }),
      delta: numbersAt(value.delta, `${path}.delta`, channels, { min: 0, max: MAX }),
      root: numbersAt(value.root, `${path}.root`, channels, { min: 1, max: MAX }),
      smooth: numbersAt(value.smooth, `${path}.smooth`, channels, { min: 0, max: 1 }),
      floor: numberAt(value.floor, `${path}.floor`, { min: 0, max: 1 }),
    }
  },

  initial({ channels }) {
    const all = (value: number) => new Array<number>(channels).fill(value)
    return { kind: 'pcen', alpha: all(0.96), delta: all(2), root: all(2), smooth: all(0.04), floor: 1e-12 }
  },

  /**
   * M[t] = s·E[t] + (1-s)·M[t-1] from M[-1] = E[0]; y = (E / (floor + M)^α + δ)^(1/r) - δ^(1/r)
   * (leaf-audio `postprocessing.py`, `PCENLayer`).
   */
  apply(compression, energies, channels) {
    const { alpha, delta, root, smooth, floor } = compression
    const smoother = energies.slice(0, channels)
    return energies.map((energy, i) => {
      const n = i % channels
      smoother[n] = smooth[n] * energy + (1 - smooth[n]) * smoother[n]
      const normalised = energy / (floor + smoother[n]) ** alpha[n]
      return (normalised + delta[n]) ** (1 / root[n]) - delta[n] ** (1 / root[n])
    })
  },
}
