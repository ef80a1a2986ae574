import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placeEvents } from '../../src/view/lanes.ts'

const NOW = 10
const place = (events: readonly { label: string; start: number; end?: number }[], nameSeconds = 1) =>
  placeEvents(
    events.map((event) => ({ ...event, confidence: 1 })),
    { now: NOW, past: 0, lanes: 3 },
    () => nameSeconds,
  )

it('shows every event, however many sound at once, and covers none', () => {
  const event = fc.record({
    label: fc.constant('bird'),
    start: fc.double({ min: 0, max: 9, noNaN: true }),
    length: fc.double({ min: 0.01, max: 9, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (drawn) => {
      const events = drawn
        .map(({ label, start, length }) => ({ label, start, end: start + length }))
        .sort((a, b) => a.start - b.start)
      const { placed, lanes } = place(events)
      expect(placed.length).toBe(events.length)
      for (const [i, one] of placed.entries()) {
        expect(one.lane).toBeLessThan(lanes)
        for (const other of placed.slice(i + 1)) {
          if (other.lane !== one.lane) continue
          expect(other.event.start).toBeGreaterThanOrEqual(one.event.end as number)
          if (one.named) expect(other.event.start).toBeGreaterThanOrEqual(one.event.start + 1)
        }
      }
    }),
  )
})

it('gives a name room first, leaves it out next, and only then makes a lane', () => {
  const short = (start: number) => ({ label: 'bird', start, end: start + 0.1 })
  const named = place([short(1), short(1.2), short(1.4)])
  expect(named.placed.map(({ lane, named }) => [lane, named])).toEqual([
    [0, true],
    [1, true],
    [2, true],
  ])
  const squeezed = place([short(1), short(1.2), short(1.4), short(1.6)])
  expect(squeezed.lanes).toBe(3)
  expect(squeezed.placed.map(({ lane, named }) => [lane, named])).toEqual([
    [0, false],
    [1, true],
    [2, true],
    [0, true],
  ])
  expect(place([1, 1, 1, 1].map((start) => ({ label: 'bird', start }))).lanes).toBe(4)
})

it('leaves out what is over', () => {
  expect(place([{ label: 'bird', start: -3, end: -2 }]).placed).toEqual([])
  expect(place([{ label: 'bird', start: -3 }]).placed.length).toBe(1)
})
