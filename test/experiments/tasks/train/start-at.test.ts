import { expect, test } from 'vitest'
import { preset } from '../../../../src/frontend/index.ts'
import { startAt } from './start-at.ts'

test('PCEN starts where it is told, the rest as ever', () => {
  const leaf = preset('leaf')
  const alpha = new Array(40).fill(0.5)
  expect(startAt(leaf, { alpha: 0.5 })).toEqual({ ...leaf, compression: { ...leaf.compression, alpha } })
  expect(startAt(leaf)).toEqual(leaf)
  expect(startAt(preset('mel-log'), { alpha: 0.5 })).toEqual(preset('mel-log'))
})

test('several numbers start in turn, from the lowest channel on', () => {
  const leaf = preset('leaf', { channels: 5 })
  expect(startAt(leaf, { root: [10, 2], delta: [1, 2, 3] })).toEqual({
    ...leaf,
    compression: { ...leaf.compression, root: [10, 2, 10, 2, 10], delta: [1, 2, 3, 1, 2] },
  })
})
