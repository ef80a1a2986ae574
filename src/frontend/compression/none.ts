import { onlyKeys } from '../checks.ts'
import type { CompressionFamily } from './family.ts'

/** The energies as they are. */
export interface NoCompression {
  readonly kind: 'none'
}

export const noCompression: CompressionFamily<NoCompression> = {
  kind: 'none',
  nonNegative: false,
  transfer: 'none',
  gainControl: false,
  leastEnergy: () => 0,

  parse(value, path) {
    onlyKeys(value, ['kind'], path)
    return { kind: 'none' }
  },
  initial: () => ({ kind: 'none' }),
  parameters: () => [],
  withParameters: (compression) => compression,
  compressor: () => (energies, features) => features.set(energies),
  gradient: (_compression, _energies, outputGradients) => ({ energies: outputGradients, parameters: [] }),

  summary: () => '',
  sentence: () => 'Energies are features as they are: nothing is compressed.',
  brightness: () => (feature) => Math.tanh(Math.abs(feature)),
}
