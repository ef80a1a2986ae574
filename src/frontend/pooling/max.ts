import { onlyKeys } from '../checks.ts'
import type { MaximumFamily } from './family.ts'

/**
 * The largest rectified value in the window of a frame (leaf-audio `frontend.py`, `SincNet`): only values of the
 * signal's own samples count, so what lies before and after it never wins.
 */
export interface MaxPooling {
  readonly kind: 'max'
}

export const max: MaximumFamily<MaxPooling> = {
  kind: 'max',
  method: 'maximum',
  parse(value, path) {
    onlyKeys(value, ['kind'], path)
    return { kind: 'max' }
  },
  initial: () => ({ kind: 'max' }),
  parameters: () => [],
  withParameters: (pooling) => pooling,
  summary: () => '',
}
