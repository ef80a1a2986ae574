import { expect, test } from 'vitest'
import { RunningEvents } from '../../src/events/index.ts'

const dog = { label: 'dog', start: 1, confidence: 0.8 }
const street = { head: 'place', label: 'dog', start: 2, confidence: 0.7 }

test('an event ends once, whoever ends it', () => {
  const running = new RunningEvents()
  running.begin(dog)
  running.begin(street)
  expect(running.end({ ...dog, end: 3 })).toBe(true)
  expect(running.endAll(1.5)).toEqual([{ ...street, end: 2 }])
  expect(running.end({ ...street, end: 4 })).toBe(false)
  expect(running.endAll(5)).toEqual([])
  running.begin({ ...dog, start: 6 })
  expect(running.endAll(8)).toEqual([{ ...dog, start: 6, end: 8 }])
  expect(running.end({ ...dog, start: 6, end: 9 })).toBe(false)
})

test('an event at the very close, which was not announced, is told', () => {
  const running = new RunningEvents()
  expect(running.end({ ...dog, end: 3 })).toBe(true)
  expect(running.endAll(4)).toEqual([])
})
