import { LeafError } from '../error.ts'

/** The error every fault of a model file becomes: `field` is where it is, `problem` what is wrong there. */
export function modelError(field: string, problem: string, options?: ErrorOptions): LeafError {
  return new LeafError(
    'model-file',
    `The model file is not valid: ${field} ${problem}.`,
    'Fetch the file again, or write it anew with writeModel.',
    options,
  )
}
