import { numberAt, onlyKeys } from '../checks.ts'
import type { Compression } from './family.ts'

/** y = ln(E + offset). */
export interface LogCompression {
  readonly kind: 'log'
  readonly offset: number
}

export const log: Compression<LogCompression> = {
  kind: 'log',
  parse(value, path) {
    onlyKeys(value, ['kind', 'offset'], path)
    return { kind: 'log', offset: numberAt(value.offset, `${path}.offset`, { min: 1e-30, max: 1 }) }
  },
  initial: () => ({ kind: 'log', offset: 1e-5 }),
  parameters: () => [],
  withParameters: (compression) => compression,
  apply: ({ offset }, energies) => energies.map((energy) => Math.log(energy + offset)),
  gradient: ({ offset }, energies, outputGradients) => ({
    energies: energies.map((energy, i) => outputGradients[i] / (energy + offset)),
    parameters: [],
  }),
}
