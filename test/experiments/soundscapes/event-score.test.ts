import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { f1Of, isMeanwhile, judged, matchedEvents, matchedSegments } from './event-score.ts'
import sedEval from './fixtures/sed-eval.json' with { type: 'json' }

const event = (label: string, start: number, end: number) => ({ label, start, end })

describe('events match', () => {
  test.each([
    ['alike', event('a', 1, 2), 1],
    ['with another label', event('b', 1, 2), 0],
    ['0.19 s late', event('a', 1.19, 2), 1],
    ['0.21 s late', event('a', 1.21, 2), 0],
    ['with an end half its length away', event('a', 1, 2.49), 1],
    ['with an end further away', event('a', 1, 2.51), 0],
  ])('%s: %#', (_, told, found) => {
    expect(matchedEvents([event('a', 1, 2)], [told]).found).toBe(found)
  })

  test('as many as possible, each once', () => {
    // The first told event could take either; the second only the first.
    const reference = [event('a', 1, 2), event('a', 1.3, 2.3)]
    const told = [event('a', 1.15, 2.15), event('a', 0.9, 1.9)]
    expect(matchedEvents(reference, told)).toMatchObject({ found: 2, reference: 2, estimated: 2 })
    expect(matchedEvents(reference, told.slice(0, 1)).found).toBe(1)
  })

  test('all of them with themselves, in any order', () => {
    const events = fc.array(
      fc.record({
        label: fc.constantFrom('a', 'b'),
        start: fc.nat(50),
        length: fc.integer({ min: 1, max: 5 }),
      }),
    )
    fc.assert(
      fc.property(events, (drawn) => {
        const own = drawn.map(({ label, start, length }) => event(label, start, start + length))
        expect(matchedEvents(own, [...own].reverse()).found).toBe(own.length)
      }),
    )
  })
})

test('seconds in which a label is heard', () => {
  const counts = matchedSegments([event('a', 0.9, 2.1)], [event('a', 2, 3.5), event('b', 0, 1)])
  expect(counts).toEqual({ found: 1, reference: 3, estimated: 3 })
})

// test/experiments/soundscapes/fixtures/sed-eval.py
test.each(sedEval)('the figures of sed_eval: %#', ({ reference, estimated, eventF1, segmentF1 }) => {
  const timed = (rows: (string | number)[][]) =>
    rows.map(([label, start, end]) => event(String(label), Number(start), Number(end)))
  expect(f1Of([matchedEvents(timed(reference), timed(estimated))])).toBeCloseTo(eventF1, 9)
  expect(f1Of([matchedSegments(timed(reference), timed(estimated))])).toBeCloseTo(segmentF1, 9)
})

test('an event is meanwhile with another of its label that it overlaps', () => {
  const one = event('a', 1, 2)
  expect(
    [event('a', 1.9, 3), event('a', 0, 1.1), event('a', 0, 9)].every((other) => isMeanwhile(one, other)),
  ).toBe(true)
  expect(
    [event('b', 1, 2), event('a', 2, 3), event('a', 0, 1)].some((other) => isMeanwhile(one, other)),
  ).toBe(false)
})

test('what nobody put there and may be heard all the same does not count, what is an event does', () => {
  const reference = [event('a', 1, 2)]
  const unknown = [event('a', 0, 9), event('b', 4, 5)]
  const right = event('a', 1.1, 2)
  const wrong = [event('b', 1, 2), event('c', 4, 5)]
  const neither = [event('a', 6, 7), event('b', 4.9, 6)]
  expect(judged([right, ...wrong, ...neither], reference, unknown)).toEqual([right, ...wrong])
  expect(judged(neither, reference, [])).toEqual(neither)
})
