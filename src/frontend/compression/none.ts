import { onlyKeys } from '../checks.ts'
import type { Compression } from './family.ts'

/** The energies as they are. */
export interface NoCompression {
  readonly kind: 'none'
}

export const noCompression: Compression<NoCompression> = {
  kind: 'none',
  parse(value, path) {
    onlyKeys(value, ['kind'], path)
    return { kind: 'none' }
  },
  initial: () => ({ kind: 'none' }),
  parameters: () => [],
  withParameters: (compression) => compression,
  apply: (_, energies) => energies,
  gradient: (_compression, _energies, outputGradients) => ({ energies: outputGradients, parameters: [] }),
}
