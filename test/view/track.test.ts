import { expect, it } from 'vitest'
import { EventTrack } from '../../src/view/track.ts'

it('closes the running event of the same label and leaves others alone', () => {
  const track = new EventTrack(8)
  track.put({ label: 'speech', start: 1, confidence: 0.6 })
  track.put({ label: 'door', start: 1.5, end: 1.8, confidence: 0.7 })
  expect(track.put({ label: 'speech', start: 1, end: 3, confidence: 0.9 })).toEqual({
    index: 0,
    added: false,
  })
  expect(track.put({ label: 'speech', start: 4, confidence: 0.5 })).toEqual({ index: 2, added: true })
  expect(track.entries.map(({ label, end }) => [label, end])).toEqual([
    ['speech', 3],
    ['door', 1.8],
    ['speech', undefined],
  ])
})

it('takes one label of two heads for two events', () => {
  const track = new EventTrack(8)
  track.put({ head: 'digit', label: 'one', start: 1, confidence: 0.6 })
  expect(track.put({ head: 'count', label: 'one', start: 2, confidence: 0.7 }).added).toBe(true)
  expect(track.put({ head: 'digit', label: 'one', start: 1, end: 3, confidence: 0.8 })).toEqual({
    index: 0,
    added: false,
  })
})

it('keeps what is running, however long ago it began', () => {
  const track = new EventTrack(3)
  track.put({ label: 'music', start: 0, confidence: 1 })
  for (const start of [1, 2, 3]) track.put({ label: 'bird', start, end: start + 0.5, confidence: 1 })
  expect(track.entries.map(({ start }) => start)).toEqual([0, 2, 3])
  track.put({ label: 'music', start: 0, end: 4, confidence: 1 })
  expect(track.entries[0].end).toBe(4)
})

it('takes an event back', () => {
  const track = new EventTrack(8)
  const bird = { label: 'bird', start: 2, end: 3, confidence: 1 }
  track.put({ label: 'bird', start: 1, end: 1.5, confidence: 1 })
  track.put(bird)
  expect(track.remove(bird)).toBe(1)
  expect(track.remove(bird)).toBe(-1)
  expect(track.entries.map(({ start }) => start)).toEqual([1])
})

it('keeps the newest', () => {
  const track = new EventTrack(2)
  for (const start of [1, 2, 3]) track.put({ label: 'bird', start, end: start + 0.5, confidence: 1 })
  expect(track.entries.map(({ start }) => start)).toEqual([2, 3])
})
