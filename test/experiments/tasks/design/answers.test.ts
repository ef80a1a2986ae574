import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answersOf, grouping, written } from './answers.ts'

test('answers come back from what is written of them', () => {
  expect(written([true, false, false, true, true])).toBe('98')
  fc.assert(
    fc.property(fc.array(fc.boolean()), (answers) => {
      expect(answersOf(written(answers), answers.length)).toEqual(answers)
    }),
  )
})

test('answers of another number of clips are refused', () => {
  expect(() => answersOf('98', 9)).toThrow(/2 digits for 9 answers/)
})

test('groups are in the order of their names, their clips in that of the manifest', () => {
  expect(grouping(['b', 'a', 'b', 'a', 'c'])).toEqual([[1, 3], [0, 2], [4]])
})
