import { numbersAt, onlyKeys } from '../checks.ts'
import { cos } from '../elementary.ts'
import { projected, rootMeanSquare, UNBOUNDED } from '../parameters.ts'
import type { WindowFamily } from './family.ts'

/** One window of free weights for all channels (leaf-audio `frontend.py`, `TimeDomainFilterbanks`). */
export interface TapsPooling {
  readonly kind: 'taps'
  /** As many weights as the window has samples. */
  readonly taps: readonly number[]
}

export const taps: WindowFamily<TapsPooling> = {
  kind: 'taps',
  method: 'window',

  parse(value, path, { windowLength }) {
    onlyKeys(value, ['kind', 'taps'], path)
    return { kind: 'taps', taps: numbersAt(value.taps, `${path}.taps`, windowLength, UNBOUNDED, 'tap') }
  },

  /** A squared Hann window one sample late, w(n) = (½ - ½ cos(2π(n-1)/(K-1)))², as the official code has it. */
  initial({ windowLength }) {
    const hann = (n: number) => 0.5 - 0.5 * cos((2 * Math.PI * (n - 1)) / (windowLength - 1))
    return { kind: 'taps', taps: Array.from({ length: windowLength }, (_, n) => hann(n) ** 2) }
  },

  /** Steps are shares of the window's root mean square. */
  parameters(pooling) {
    const step = rootMeanSquare(pooling.taps)
    return [{ name: 'taps', values: pooling.taps, bounds: UNBOUNDED, steps: pooling.taps.map(() => step) }]
  },

  withParameters(pooling, values, geometry) {
    const [learned] = projected(taps.parameters(pooling, geometry), values)
    return { kind: 'taps', taps: learned }
  },

  windows(pooling, { channels }) {
    const window = Float64Array.from(pooling.taps)
    return Array.from({ length: channels }, () => window)
  },

  maybeNegative: () => 'pooling.taps',

  gradient(_pooling, windowGradients, _energyGradients, { windowLength }) {
    const sum = new Float64Array(windowLength)
    for (const gradient of windowGradients) gradient.forEach((value, k) => (sum[k] += value))
    return [sum]
  },

  summary: () => '',
}
