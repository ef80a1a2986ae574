import { expect, it } from 'vitest'
import { labelKey, labelNames, thresholdsOf } from '../../src/events/index.ts'

const label = { on: 0.6, off: 0.4, minimumSeconds: 0 }

it('names labels by themselves, or with the head they stand in', () => {
  expect(labelNames(['dog', 'cat']).map(labelKey)).toEqual(['dog', 'cat'])
  const heads = [
    { name: 'digit', labels: 2 },
    { name: 'count', labels: 1 },
  ]
  expect(labelNames(['one', 'two', 'one'], heads).map(labelKey)).toEqual([
    'digit/one',
    'digit/two',
    'count/one',
  ])
})

it('lists thresholds under these names', () => {
  expect(thresholdsOf(labelNames(['dog', 'cat']), [label, { ...label, on: 0.7 }])).toEqual({
    dog: 0.6,
    cat: 0.7,
  })
})
