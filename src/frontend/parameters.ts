import { LeafError } from '../error.ts'
import type { LearnableParameter } from './part.ts'

/** Every number there is: the bounds of a parameter that has none. */
export const UNBOUNDED = { min: -Number.MAX_VALUE, max: Number.MAX_VALUE }

/**
 * New values moved onto the bounds of their parameters, so that a value beyond its bound never loses its gradient.
 *
 * @throws LeafError `description` naming a value that is not a number.
 */
export function projected(
  parameters: readonly LearnableParameter[],
  values: readonly ArrayLike<number>[],
): number[][] {
  return parameters.map(({ name, bounds: { min, max }, values: { length } }, i) => {
    const moved = new Array<number>(length)
    for (let k = 0; k < length; k++) {
      moved[k] = Math.min(Math.max(values[i][k], min), max)
      if (Number.isNaN(moved[k])) {
        throw new LeafError('description', `${name}[${k}] became NaN.`, 'Give finite numbers, one per value.')
      }
    }
    return moved
  })
}

/** Least step of taps, so that a filter of zeros can still be learned. */
const LEAST_STEP = 1e-6

/** Root of the mean square, at least a millionth: the natural step of taps. */
export function rootMeanSquare(values: readonly number[]): number {
  let squares = 0
  for (const value of values) squares += value * value
  return Math.max(Math.sqrt(squares / values.length), LEAST_STEP)
}
