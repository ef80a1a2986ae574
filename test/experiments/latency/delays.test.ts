import { expect, test } from 'vitest'
import { onsetDelays, quantile } from './delays.ts'

const told = (label: string, start: number, end: number, at: number) => ({
  ...{ label, start, end, told: at },
  confidence: 1,
})

test('a delay runs from the beginning of a sound to the first telling of its name', () => {
  const reference = [
    { label: 'bell', start: 1, end: 2 },
    { label: 'dog', start: 4, end: 5 },
    { label: 'bell', start: 9, end: 10 },
    { label: 'dog', start: 14, end: 15 },
  ]
  const delays = onsetDelays(reference, [
    told('bell', 1.1, 1.5, 1.4),
    told('bell', 1.6, 2, 1.9),
    // Told after its end, as short sounds are; told too late; of another name.
    told('dog', 4.5, 5.2, 5.6),
    told('bell', 11.4, 12, 11.6),
    told('bell', 14.1, 14.5, 14.2),
  ])
  expect(delays).toHaveLength(2)
  expect(delays[0]).toBeCloseTo(0.4)
  expect(delays[1]).toBeCloseTo(1.6)
})

test('a name that is told already when its sound begins has no delay', () => {
  const reference = [{ label: 'bell', start: 1, end: 2 }]
  expect(onsetDelays(reference, [told('bell', 0.2, 1.8, 0.5), told('bell', 1.9, 2.2, 1.95)])).toEqual([])
})

test('the quantile is the least value that is not below its share', () => {
  expect(quantile([3, 1, 2, 4], 0.5)).toBe(2)
  expect(quantile([3, 1, 2, 4], 0.95)).toBe(4)
  expect(quantile([], 0.5)).toBeNaN()
})
