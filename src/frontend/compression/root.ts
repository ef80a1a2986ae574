import { numberAt, onlyKeys } from '../checks.ts'
import { short } from '../text.ts'
import { LOUD_LOGARITHM, linear, QUIET_LOGARITHM } from './brightness.ts'
import type { CompressionFamily } from './family.ts'

/** y = max(E, 0)^exponent, as the cubic and the tenth root of mel energies. */
export interface RootCompression {
  readonly kind: 'root'
  /** 0.01 to 1. */
  readonly exponent: number
}

/** Least energy at which the root is differentiated: towards 0 its slope grows without bound. */
const LEAST_ENERGY = 1e-5

export const root: CompressionFamily<RootCompression> = {
  kind: 'root',
  nonNegative: false,
  transfer: 'static',
  gainControl: false,
  leastEnergy: () => 0,

  parse(value, path) {
    onlyKeys(value, ['kind', 'exponent'], path)
    return { kind: 'root', exponent: numberAt(value.exponent, `${path}.exponent`, { min: 0.01, max: 1 }) }
  },
  initial: () => ({ kind: 'root', exponent: 1 / 3 }),
  parameters: () => [],
  withParameters: (compression) => compression,

  compressor:
    ({ exponent }, channels) =>
    (energies, features) => {
      for (let n = 0; n < channels; n++) features[n] = Math.max(energies[n], 0) ** exponent
    },

  gradient: ({ exponent }, energies, outputGradients) => ({
    energies: energies.map((energy, i) =>
      energy < 0 ? 0 : outputGradients[i] * exponent * Math.max(energy, LEAST_ENERGY) ** (exponent - 1),
    ),
    parameters: [],
  }),

  summary: ({ exponent }) => `: exponent ${short(exponent)}`,
  sentence: ({ exponent }) => `Each channel’s energy to the power of ${Number(exponent.toFixed(3))}.`,
  brightness: ({ exponent }) =>
    linear(Math.exp(QUIET_LOGARITHM * exponent), Math.exp(LOUD_LOGARITHM * exponent)),
}
