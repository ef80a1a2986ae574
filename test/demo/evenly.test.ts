import { expect, test } from 'vitest'
import { evenly } from '../../demo/examples/evenly.ts'

test('all of a few, the same distance between those of many', () => {
  expect(evenly([1, 2, 3], 3)).toEqual([1, 2, 3])
  expect(evenly([0, 1, 2, 3, 4, 5, 6], 3)).toEqual([0, 2, 4])
})
