import { expect, test } from 'vitest'
import { labelNames, RunningEvents, Thresholds } from '../../src/events/index.ts'

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

test('thresholds are those of the model until they are changed, and cannot be written past that', () => {
  const label = { on: 0.6, off: 0.3, minimumSeconds: 0 }
  const thresholds = new Thresholds(labelNames(['dog', 'cat']), [label, label])
  expect(thresholds.values).toEqual({ dog: 0.6, cat: 0.6 })
  expect(thresholds.changes).toEqual([])
  expect(thresholds.set({ label: 'cat', value: 0.2 })).toBe(1)
  expect(thresholds.set({ label: 'cat', value: 0.8 })).toBe(1)
  expect(thresholds.values).toEqual({ dog: 0.6, cat: 0.8 })
  expect(thresholds.decoding(1)).toEqual({ on: 0.8, off: 0.4, minimumSeconds: 0 })
  expect(thresholds.changes).toEqual([{ label: 'cat', value: 0.8 }])
  expect(() => {
    ;(thresholds.values as Record<string, number>).dog = 0
  }).toThrow(TypeError)
  expect(() => thresholds.set({ label: 'cow', value: 0.5 })).toThrow(/no label "cow"/)
  expect(thresholds.values).toEqual({ dog: 0.6, cat: 0.8 })
})
