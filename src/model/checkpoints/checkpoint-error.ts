import { LeafError } from '../../error.ts'

/** The error of weights that cannot come in: what is wrong, and what to do about it. */
export function checkpointError(problem: string, remedy: string, options?: ErrorOptions): LeafError {
  return new LeafError('model-file', `The checkpoint cannot be imported: ${problem}.`, remedy, options)
}
