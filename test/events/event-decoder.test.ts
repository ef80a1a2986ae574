import { describe, expect, test } from 'vitest'
import { LeafError } from '../../src/error.ts'
import { EventDecoder, type EventOnset, eventKey } from '../../src/events/index.ts'
import type { Decoding } from '../../src/model/index.ts'

const STEP = 0.5

/** One label that begins at 0.6 and ends below 0.4, with nothing else unless told. */
function decoding(change: Partial<Omit<Decoding, 'labels'> & Decoding['labels'][number]> = {}): Decoding {
  const { smoothingSeconds = 0, mergeGapSeconds = 0, ...label } = change
  return { smoothingSeconds, mergeGapSeconds, labels: [{ on: 0.6, off: 0.4, minimumSeconds: 0, ...label }] }
}

/** Pushes one label's scores, half a second apart from time 10 on, and finishes at the last one's time. */
function decode(how: Decoding, scores: number[]) {
  const decoder = new EventDecoder(['dog'], how, STEP)
  const onsets: (EventOnset & { at: number })[] = []
  const events = scores.flatMap((score, i) => {
    const ended = decoder.push(10 + i * STEP, [score])
    onsets.push(...decoder.onsets.map((onset) => ({ ...onset, at: i })))
    return ended
  })
  events.push(...decoder.finish(10 + (scores.length - 1) * STEP))
  return { events, onsets }
}

test('an event says the head of its label, where labels have heads', () => {
  const labels = ['one', 'two', 'one']
  const how = { ...decoding(), labels: labels.map(() => decoding().labels[0]) }
  const heads = [
    { name: 'digit', labels: 2 },
    { name: 'count', labels: 1 },
  ]
  const decoder = new EventDecoder(labels, how, STEP, heads)
  decoder.push(10, [0.7, 0, 0.8])
  expect(new Set(decoder.onsets.map(eventKey)).size).toBe(2)
  expect(decoder.onsets).toEqual([
    { head: 'digit', label: 'one', start: 9.75, confidence: 0.7 },
    { head: 'count', label: 'one', start: 9.75, confidence: 0.8 },
  ])
  expect(decoder.finish(10.5)).toEqual([
    { head: 'digit', label: 'one', start: 9.75, end: 10.5, confidence: 0.7 },
    { head: 'count', label: 'one', start: 9.75, end: 10.5, confidence: 0.8 },
  ])
})

describe('scores become events', () => {
  test('from the first score at on to the last at off, half a step beyond each', () => {
    const { events, onsets } = decode(decoding(), [0, 0.59, 0.6, 0.4, 0.9, 0.39, 0.5, 0])
    expect(events).toEqual([{ label: 'dog', start: 10.75, end: 12.25, confidence: 0.9 }])
    expect(onsets).toEqual([{ label: 'dog', start: 10.75, confidence: 0.6, at: 2 }])
  })

  test('two of them no further apart than the merge gap are one', () => {
    const apart = [0.7, 0, 0, 0.8, 0, 0]
    expect(decode(decoding({ mergeGapSeconds: 1 }), apart).events).toEqual([
      { label: 'dog', start: 9.75, end: 11.75, confidence: 0.8 },
    ])
    expect(decode(decoding({ mergeGapSeconds: 0.99 }), apart).events).toEqual([
      { label: 'dog', start: 9.75, end: 10.25, confidence: 0.7 },
      { label: 'dog', start: 11.25, end: 11.75, confidence: 0.8 },
    ])
  })

  test('a gap is only bridged by a score at on', () => {
    const { events } = decode(decoding({ mergeGapSeconds: 5 }), [0.7, 0, 0.59, 0.59, 0])
    expect(events).toEqual([{ label: 'dog', start: 9.75, end: 10.25, confidence: 0.7 }])
  })

  test('shorter than the minimum they are dropped, and announced only once they are long enough', () => {
    const scores = [0.7, 0.7, 0, 0.7, 0.7, 0.8, 0]
    const { events, onsets } = decode(decoding({ minimumSeconds: 1.5 }), scores)
    expect(events).toEqual([{ label: 'dog', start: 11.25, end: 12.75, confidence: 0.8 }])
    expect(onsets).toEqual([{ label: 'dog', start: 11.25, confidence: 0.8, at: 5 }])
  })

  test('they begin later by the offset of their label, and last half a step at least', () => {
    const how = decoding({ onsetOffsetSeconds: 0.75, minimumSeconds: 1 })
    const { events, onsets } = decode(how, [0, 0.6, 0.9, 0.9, 0.9, 0, 0.7, 0, 0.7, 0.7, 0])
    expect(onsets).toEqual([
      { label: 'dog', start: 11, confidence: 0.9, at: 2 },
      { label: 'dog', start: 14.5, confidence: 0.7, at: 9 },
    ])
    expect(events).toEqual([
      { label: 'dog', start: 11, end: 12.25, confidence: 0.9 },
      { label: 'dog', start: 14.5, end: 14.75, confidence: 0.7 },
    ])
  })

  test('not later where nobody saw the score rise: at the first one, and where a threshold sank below it', () => {
    const how = decoding({ onsetOffsetSeconds: 0.75 })
    expect(decode(how, [0.6, 0, 0, 0.6, 0]).events.map(({ start }) => start)).toEqual([9.75, 12])
    const decoder = new EventDecoder(['dog'], how, STEP)
    decoder.push(10, [0])
    decoder.push(10.5, [0.5])
    decoder.setThreshold('dog', 0.5)
    decoder.push(11, [0.5])
    expect(decoder.onsets.map(({ start }) => start)).toEqual([10.75])
    decoder.finish(11)
    decoder.push(12, [0.5])
    expect(decoder.onsets.map(({ start }) => start)).toEqual([11.75])
  })

  test('heard again across missing windows, they begin where the one before ended at the earliest', () => {
    const decoder = new EventDecoder(['dog'], decoding({ onsetOffsetSeconds: 2 }), STEP)
    decoder.push(0, [0])
    decoder.push(0.5, [0.9])
    const events = [...decoder.push(2, [0.8]), ...decoder.finish(4)]
    expect(events.map(({ start, end }) => [start, end])).toEqual([
      [2.25, 2.5],
      [2.5, 4],
    ])
  })

  test('nor across missing windows, nor before an event that was lengthened is over', () => {
    const late = decoding({ onsetOffsetSeconds: 0.75 })
    const missing = new EventDecoder(['dog'], late, STEP)
    missing.push(0, [0])
    missing.push(5, [0.9])
    expect(missing.finish(6).map(({ start }) => start)).toEqual([4.75])
    const changed = new EventDecoder(['dog'], decoding({ onsetOffsetSeconds: 1.25 }), STEP)
    changed.push(0, [0])
    changed.push(0.5, [0.9])
    changed.push(1, [0])
    changed.setOptions({ decoding: { smoothingSeconds: 0.01 } })
    const events = [...changed.push(1.5, [0.9]), ...changed.finish(2)]
    expect(events.map(({ start, end }) => [start, end])).toEqual([
      [1.5, 1.75],
      [1.75, 2],
    ])
  })

  test('what was announced has an end, though the minimum is longer by then', () => {
    const decoder = new EventDecoder(['dog'], decoding(), STEP)
    decoder.push(0, [0.9])
    expect(decoder.onsets.length).toBe(1)
    decoder.setOptions({ decoding: { minimumSeconds: 5 } })
    expect(decoder.push(0.5, [0])).toEqual([])
    expect(decoder.finish(1)).toEqual([{ label: 'dog', start: -0.25, end: 0.25, confidence: 0.9 }])
  })

  test('smoothing is exponential in time and begins at the first score', () => {
    const how = decoding({ smoothingSeconds: STEP / Math.LN2 })
    expect(decode(how, [1, 0, 0]).events).toEqual([{ label: 'dog', start: 9.75, end: 10.75, confidence: 1 }])
    const after = new EventDecoder(['dog'], how, STEP)
    after.push(10, [0])
    after.push(10.5, [1])
    expect(after.onsets).toEqual([])
    after.push(11, [1])
    expect(after.onsets[0].confidence).toBeCloseTo(0.75, 12)
  })

  test('without smoothing a score is taken for exactly what it is, whatever came before', () => {
    for (let before = 0; before < 0.6; before += 0.01) {
      for (let score = 0.6; score < 1; score += 0.01) {
        expect(decode(decoding(), [before, score, 0]).events.map(({ confidence }) => confidence)).toEqual([
          score,
        ])
      }
    }
  })

  test('what still sounds at the end ends there, what already faded does not', () => {
    const decoder = new EventDecoder(
      ['dog', 'cat'],
      { ...decoding({ mergeGapSeconds: 9 }), labels: twice() },
      STEP,
    )
    decoder.push(1, [0.9, 0.9])
    decoder.push(1.5, [0.9, 0])
    expect(decoder.finish(2.5)).toEqual([
      { label: 'dog', start: 0.75, end: 2.5, confidence: 0.9 },
      { label: 'cat', start: 0.75, end: 1.25, confidence: 0.9 },
    ])
    expect(decoder.finish(3)).toEqual([])
  })

  test('missing scores end an event when they are missing for longer than the merge gap', () => {
    const across = (gap: number) => {
      const decoder = new EventDecoder(['dog'], decoding({ mergeGapSeconds: 1 }), STEP)
      decoder.push(0, [0.9])
      return [...decoder.push(gap, [0.9]), ...decoder.finish(gap)].map(({ start, end }) => [start, end])
    }
    expect(across(1.5)).toEqual([[-0.25, 1.75]])
    expect(across(1.6)).toEqual([
      [-0.25, 0.25],
      [1.35, 1.85],
    ])
  })

  test('labels know nothing of each other', () => {
    const decoder = new EventDecoder(['dog', 'cat'], { ...decoding(), labels: twice() }, STEP)
    decoder.push(1, [0.9, 0])
    expect(decoder.onsets.map(({ label }) => label)).toEqual(['dog'])
    expect(decoder.push(2, [0, 0.9]).map(({ label }) => label)).toEqual(['dog'])
    expect(decoder.onsets.map(({ label }) => label)).toEqual(['cat'])
  })

  test('bad input is refused by name', () => {
    const decoder = new EventDecoder(['dog'], decoding(), STEP)
    decoder.push(1, [0])
    expect(() => decoder.push(1, [0])).toThrow(LeafError)
    expect(() => decoder.push(Number.NaN, [0])).toThrow('The time NaN does not follow 1.')
    expect(() => decoder.push(2, [Number.NaN])).toThrow('The scores are not 1 finite numbers.')
    expect(() => decoder.push(2, [0, 0])).toThrow('The scores are not 1 finite numbers.')
    expect(decoder.push(2, [0])).toEqual([])
  })
})

describe('a threshold that is moved', () => {
  /** Pushes one label's scores half a second apart; a threshold before the score of its place. */
  function decodeMoving(how: Decoding, scores: number[], moves: Record<number, number>) {
    const decoder = new EventDecoder(['dog'], how, STEP)
    const events = scores.flatMap((score, i) => {
      if (i in moves) decoder.setThreshold('dog', moves[i])
      return decoder.push(10 + i * STEP, [score])
    })
    return [...events, ...decoder.finish(10 + (scores.length - 1) * STEP)].map(({ start, end }) => [
      start,
      end,
    ])
  }

  test('counts from the next score on, and the end keeps its share of it', () => {
    const scores = [0.5, 0.5, 0.5, 0.3, 0.3, 0.19, 0.5]
    expect(decodeMoving(decoding(), scores, {})).toEqual([])
    expect(decodeMoving(decoding(), scores, { 2: 0.3 })).toEqual([
      [10.75, 12.25],
      [12.75, 13.25],
    ])
  })

  test('above all that an event ever scored ends it, with its merge gap', () => {
    const steady = [0.7, 0.7, 0.7, 0.7, 0.7, 0.7]
    expect(decodeMoving(decoding(), steady, { 3: 0.71 })).toEqual([[9.75, 11.25]])
    expect(decodeMoving(decoding({ mergeGapSeconds: 0.5 }), steady, { 3: 0.71, 4: 0.6 })).toEqual([
      [9.75, 12.75],
    ])
  })

  test('below the best that an event scored lets it go on until it falls below the new end', () => {
    const fading = [0.9, 0.7, 0.57, 0.55, 0.53, 0.9]
    expect(decodeMoving(decoding(), fading, { 1: 0.81 })).toEqual([
      [9.75, 11.75],
      [12.25, 12.75],
    ])
  })

  test('at one tells none, however sure the score', () => {
    const sure = [1, 1, 1, 1, 1]
    expect(decodeMoving(decoding(), sure, {})).toEqual([[9.75, 12.25]])
    expect(decodeMoving(decoding(), sure, { 2: 1 })).toEqual([[9.75, 10.75]])
    expect(decodeMoving(decoding({ on: 1 }), sure, {})).toEqual([])
    expect(decodeMoving(decoding({ on: 1 }), sure, { 3: 0.99 })).toEqual([[11.25, 12.25]])
  })

  test('to zero and back is as if it was never moved', () => {
    const scores = [0, 0.7, 0.41, 0.39, 0]
    const decoder = new EventDecoder(['dog'], decoding(), STEP)
    for (const value of [0, 1, 0.6]) decoder.setThreshold('dog', value)
    const events = scores.flatMap((score, i) => decoder.push(10 + i * STEP, [score]))
    expect(events).toEqual(decode(decoding(), scores).events)
  })

  test('is refused by name', () => {
    const names = ['one', 'two', 'one']
    const how = { ...decoding(), labels: names.map(() => decoding().labels[0]) }
    const heads = [
      { name: 'digit', labels: 2 },
      { name: 'count', labels: 1 },
    ]
    const decoder = new EventDecoder(names, how, STEP, heads)
    const move = (label: string, value: number, head?: string) => () =>
      decoder.setThreshold(label, value, head)
    expect(move('three', 0.5)).toThrow('The model has no label "three".')
    expect(move('two', 0.5, 'count')).toThrow('The model has no label "count/two".')
    expect(move('one', 0.5)).toThrow('The label "one" is in several heads. Name the head too: digit, count.')
    for (const value of [Number.NaN, -0.1, 1.1]) expect(move('two', value)).toThrow('The threshold is')
    expect(move('two', 0.1)).not.toThrow()
    move('one', 0.5, 'count')()
    decoder.push(10, [0.55, 0.2, 0.55])
    expect(decoder.onsets.map(({ head, label }) => [head, label])).toEqual([
      ['digit', 'two'],
      ['count', 'one'],
    ])
  })
})

/** Two labels with the thresholds of `decoding()`. */
function twice() {
  return [decoding().labels[0], decoding().labels[0]]
}
