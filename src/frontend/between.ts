import { LeafError } from '../error.ts'
import type { FrontendDescription } from './description.ts'
import { parametersOf, withParameters } from './parts.ts'

/**
 * The frontend on the straight line from one to another of the same shape, each learnable value by itself:
 * (1 - share) · initial + share · learned, moved onto its bounds.
 *
 * @param share 0 gives `initial`, 1 `learned`.
 * @throws LeafError `description` naming what of the two differs though it is not learned, `arguments` for a share
 * outside 0 to 1.
 */
export function between(
  initial: FrontendDescription,
  learned: FrontendDescription,
  share: number,
): FrontendDescription {
  if (!(share >= 0 && share <= 1)) {
    throw new LeafError('arguments', `The share is ${share}.`, 'Give a number from 0 to 1.')
  }
  checkSameShape(initial, learned, '')
  return withParameters(initial, (part) => {
    const ends = parametersOf(learned, part)
    return parametersOf(initial, part).map(({ values }, i) =>
      values.map((value, k) => (1 - share) * value + share * ends[i].values[k]),
    )
  })
}

/** Everything but the numbers in arrays, which are what is learned, has to be the same. */
function checkSameShape(initial: unknown, learned: unknown, path: string): void {
  if (Array.isArray(initial) && Array.isArray(learned)) {
    if (initial.length !== learned.length) refuse(path)
  } else if (typeof initial === 'object' && typeof learned === 'object' && initial && learned) {
    for (const key of new Set([...Object.keys(initial), ...Object.keys(learned)])) {
      const of = (value: object) => value[key as keyof typeof value]
      checkSameShape(of(initial), of(learned), path === '' ? key : `${path}.${key}`)
    }
  } else if (initial !== learned) refuse(path)
}

function refuse(path: string): never {
  throw new LeafError(
    'description',
    `The two frontends differ in ${path}, which is not learned.`,
    'Give an initial and a learned frontend of the same shape.',
  )
}
