import { expect, it } from 'vitest'
import { DecodingSettings, labelKey, labelNames } from '../../src/events/index.ts'

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
  const decoding = { smoothingSeconds: 0, mergeGapSeconds: 0, labels: [label, { ...label, on: 0.7 }] }
  expect(new DecodingSettings(labelNames(['dog', 'cat']), decoding).thresholds).toEqual({
    dog: 0.6,
    cat: 0.7,
  })
})
