import { LeafError } from '../error.ts'

/** Of what was given and does not fit. */
export function refused(sentence: string, remedy: string): LeafError {
  return new LeafError('arguments', sentence, remedy)
}
