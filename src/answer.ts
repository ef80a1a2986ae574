import { LeafError, type LeafErrorCode } from './error.ts'

/** A value, or a LeafError in a form that crosses threads. */
export type Answer<Value> =
  | { readonly value: Value }
  | { readonly refusal: { code: LeafErrorCode; sentence: string; remedy: string } }

/** Runs `act` and packs what it returns, or the LeafError it throws. */
export async function answer<Value>(act: () => Promise<Value> | Value): Promise<Answer<Value>> {
  try {
    return { value: await act() }
  } catch (error) {
    if (!(error instanceof LeafError)) throw error
    const { code, sentence, remedy } = error
    return { refusal: { code, sentence, remedy } }
  }
}

/** What was answered; a LeafError is thrown again. */
export function unpack<Value>(given: Answer<Value>): Value {
  if ('value' in given) return given.value
  throw new LeafError(given.refusal.code, given.refusal.sentence, given.refusal.remedy)
}
