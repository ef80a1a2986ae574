import { onlyKeys } from '../checks.ts'
import type { NoPoolingFamily } from './family.ts'

/** No pooling: the filterbank already yields one value a frame. */
export interface NoPooling {
  readonly kind: 'none'
}

export const noPooling: NoPoolingFamily<NoPooling> = {
  kind: 'none',
  method: 'none',
  parse(value, path) {
    onlyKeys(value, ['kind'], path)
    return { kind: 'none' }
  },
  initial: () => ({ kind: 'none' }),
  parameters: () => [],
  withParameters: (pooling) => pooling,
  summary: () => '',
}
