import { LeafError } from '../../error.ts'

/** The error of a frontend that cannot go out in a layout. */
export function cannotExport(problem: string, options?: ErrorOptions): LeafError {
  return new LeafError(
    'arguments',
    `The frontend cannot be exported: ${problem}.`,
    'Choose another layout.',
    options,
  )
}

/** What is said where a library has no such thing, as `filterbank sinc`. */
export function cannotHold(library: string, what: string): LeafError {
  return cannotExport(`${library} has no ${what}`)
}
