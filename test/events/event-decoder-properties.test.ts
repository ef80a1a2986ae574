import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type DecodingOptions,
  type DetectedEvent,
  EventDecoder,
  type EventOnset,
} from '../../src/events/index.ts'
import type { Decoding } from '../../src/model/index.ts'

const STEP = 0.5

describe('whatever the scores, thresholds and times', () => {
  const thresholds = fc
    .record({
      on: fc.double({ min: 0, max: 1, noNaN: true }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .chain(({ on, share }) =>
      fc.record({
        on: fc.constant(on),
        off: fc.constant(on * share),
        minimumSeconds: fc.double({ min: 0, max: 3, noNaN: true }),
        onsetOffsetSeconds: fc.oneof(fc.constant(undefined), fc.double({ min: 0, max: 2, noNaN: true })),
      }),
    )
  const settings = fc.record({
    smoothingSeconds: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 2, noNaN: true })),
    mergeGapSeconds: fc.double({ min: 0, max: 3, noNaN: true }),
    labels: fc.array(thresholds, { minLength: 2, maxLength: 2 }),
  })
  const score = fc.double({ min: 0, max: 1, noNaN: true })
  /** Mostly one step apart, sometimes with windows missing, sometimes too close. */
  const interval = fc.oneof(
    { weight: 5, arbitrary: fc.constant(STEP) },
    fc.double({ min: 0.01, max: 4, noNaN: true }),
  )
  const windows = fc.array(fc.record({ interval, scores: fc.tuple(score, score) }), {
    minLength: 1,
    maxLength: 60,
  })

  /** Runs a decoder to its end. @param options changed before each window */
  function run(
    how: Decoding,
    pushes: { interval: number; scores: number[] }[],
    endAfter: number,
    options: readonly (DecodingOptions | null)[] = [],
  ) {
    const decoder = new EventDecoder(['a', 'b'], how, STEP)
    const onsets: EventOnset[] = []
    const events: DetectedEvent[] = []
    let time = 0
    for (const [i, { interval, scores }] of pushes.entries()) {
      time += interval
      decoder.setOptions(options[i] ?? {})
      const ended = decoder.push(time, scores)
      for (const { start, end } of ended) expect(end).toBeLessThanOrEqual(Math.max(time, start + STEP / 2))
      events.push(...ended)
      onsets.push(...decoder.onsets)
    }
    events.push(...decoder.finish(time + endAfter))
    expect(decoder.finish(time + endAfter)).toEqual([])
    return { events, onsets }
  }
  const streams = fc.tuple(settings, windows, fc.double({ min: 0, max: 2, noNaN: true }))

  test('events start before they end, last their minimum, and are further apart than the merge gap', () => {
    fc.assert(
      fc.property(streams, ([how, pushes, endAfter]) => {
        const { events } = run(how, pushes, endAfter)
        for (const { start, end } of events) expect(start).toBeLessThan(end)
        how.labels.forEach(({ on, minimumSeconds, onsetOffsetSeconds = 0 }, i) => {
          const own = events.filter(({ label }) => label === 'ab'[i])
          for (const { start, end, confidence } of own) {
            expect(end - start).toBeGreaterThanOrEqual(minimumSeconds - onsetOffsetSeconds - 1e-8)
            expect(end - start).toBeGreaterThanOrEqual(STEP / 2 - 1e-8)
            expect(confidence).toBeGreaterThanOrEqual(on)
            expect(confidence).toBeLessThanOrEqual(1)
          }
          for (let k = 1; k < own.length; k++) {
            const gap = own[k].start - own[k - 1].end
            if (onsetOffsetSeconds === 0) expect(gap).toBeGreaterThan(how.mergeGapSeconds)
            // Nothing may be left of it where the first of them was lengthened to half a step.
            else expect(gap).toBeGreaterThanOrEqual(0)
          }
        })
      }),
      { numRuns: 500 },
    )
  })

  test('changed between windows, every event announced has its end, and none begins before the last is over', () => {
    const time = (max: number) => fc.option(fc.double({ min: 0, max, noNaN: true }), { nil: undefined })
    const change = fc.record({
      thresholds: fc.record({ a: score, b: score }),
      decoding: fc.record({ smoothingSeconds: time(1), mergeGapSeconds: time(1), minimumSeconds: time(2) }),
    })
    const changes = fc.array(fc.option(change), { minLength: 60, maxLength: 60 })
    fc.assert(
      fc.property(streams, changes, ([how, pushes, endAfter], options) => {
        const { events, onsets } = run(how, pushes, endAfter, options)
        for (const { label, start } of onsets)
          expect(events.filter((event) => event.label === label && event.start === start).length).toBe(1)
        for (const label of ['a', 'b']) {
          const own = events.filter((event) => event.label === label)
          for (let k = 1; k < own.length; k++) expect(own[k].start).toBeGreaterThanOrEqual(own[k - 1].end)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('every event announced comes with its end, and only an end at the very close is not announced', () => {
    fc.assert(
      fc.property(streams, ([how, pushes]) => {
        const { events, onsets } = run(how, pushes, 0)
        const keys = (list: readonly EventOnset[]) =>
          list.map(({ label, start }) => `${label} ${start}`).sort()
        expect(keys(onsets)).toEqual(keys(events))
      }),
      { numRuns: 500 },
    )
  })

  test('what one label hears does not depend on the other', () => {
    fc.assert(
      fc.property(streams, score, ([how, pushes, endAfter], other) => {
        const alone = pushes.map(({ interval, scores }) => ({ interval, scores: [scores[0], other] }))
        const own = (events: DetectedEvent[]) => events.filter(({ label }) => label === 'a')
        expect(own(run(how, alone, endAfter).events)).toEqual(own(run(how, pushes, endAfter).events))
      }),
    )
  })
})
