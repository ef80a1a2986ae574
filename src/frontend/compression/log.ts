import { numberAt, onlyKeys } from '../checks.ts'
import { LOUD_LOGARITHM, linear, QUIET_LOGARITHM } from './brightness.ts'
import type { CompressionFamily } from './family.ts'

/** y = ln(E + offset). */
export interface LogCompression {
  readonly kind: 'log'
  readonly offset: number
}

export const log: CompressionFamily<LogCompression> = {
  kind: 'log',
  nonNegative: true,
  transfer: 'static',
  gainControl: false,
  leastEnergy: ({ offset }) => offset,

  parse(value, path) {
    onlyKeys(value, ['kind', 'offset'], path)
    return { kind: 'log', offset: numberAt(value.offset, `${path}.offset`, { min: 1e-30, max: 1 }) }
  },
  initial: () => ({ kind: 'log', offset: 1e-5 }),
  parameters: () => [],
  withParameters: (compression) => compression,

  compressor:
    ({ offset }, channels) =>
    (energies, features) => {
      for (let n = 0; n < channels; n++) features[n] = Math.log(energies[n] + offset)
    },

  gradient: ({ offset }, energies, outputGradients) => ({
    energies: energies.map((energy, i) => outputGradients[i] / (energy + offset)),
    parameters: [],
  }),

  summary: ({ offset }) => `: offset ${offset}`,
  sentence: ({ offset }) => `The natural logarithm of each channel’s energy plus ${offset}.`,
  // Energies far below the offset all give its logarithm.
  brightness: ({ offset }) => linear(Math.max(QUIET_LOGARITHM, Math.log(offset)), LOUD_LOGARITHM),
}
