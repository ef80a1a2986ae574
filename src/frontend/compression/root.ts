import { numberAt, onlyKeys } from '../checks.ts'
import type { Compression } from './family.ts'

/** y = max(E, 0)^exponent, as the cubic and the tenth root of mel energies. */
export interface RootCompression {
  readonly kind: 'root'
  /** 0.01 to 1. */
  readonly exponent: number
}

/** Least energy at which the root is differentiated: towards 0 its slope grows without bound. */
const LEAST_ENERGY = 1e-5

export const root: Compression<RootCompression> = {
  kind: 'root',
  parse(value, path) {
    onlyKeys(value, ['kind', 'exponent'], path)
    return { kind: 'root', exponent: numberAt(value.exponent, `${path}.exponent`, { min: 0.01, max: 1 }) }
  },
  initial: () => ({ kind: 'root', exponent: 1 / 3 }),
  parameters: () => [],
  withParameters: (compression) => compression,
  apply: ({ exponent }, energies) => energies.map((energy) => Math.max(energy, 0) ** exponent),
  gradient: ({ exponent }, energies, outputGradients) => ({
    energies: energies.map((energy, i) =>
      energy < 0 ? 0 : outputGradients[i] * exponent * Math.max(energy, LEAST_ENERGY) ** (exponent - 1),
    ),
    parameters: [],
  }),
}
