// Set-up of every file of tests: arrays of the very same numbers are equal at once. Vitest asks number by number, which
// takes half a second for the 100,000 of a sound. Where any number differs, Vitest judges as ever, and shows it.
import { expect } from 'vitest'

type Numbers = ArrayLike<unknown> & object

const isNumbers = (value: unknown): value is Numbers =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))

function areSame(one: Numbers, other: Numbers): boolean {
  if (one.constructor !== other.constructor || one.length !== other.length) return false
  for (let i = 0; i < one.length; i++)
    if (typeof one[i] !== 'number' || !Object.is(one[i], other[i])) return false
  return true
}

/** Undefined leaves the judgement to Vitest. */
const sameNumbers = (one: unknown, other: unknown) =>
  (isNumbers(one) && isNumbers(other) && areSame(one, other)) || undefined

expect.addEqualityTesters([sameNumbers])
