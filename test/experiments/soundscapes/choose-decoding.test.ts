import { expect, test } from 'vitest'
import { type Chosen, chooseDecoding, timesWith } from './choose-decoding.ts'
import type { TimedEvent } from './event-score.ts'
import type { Heard } from './score-material.ts'

const STEP = 0.25
const answers = { labels: ['bell', 'dog'], places: [[0], [1]], asked: [0, 1], clips: [], leftOut: [] }

/** A score of each label from one time to another, else next to nothing. */
function scored(
  seconds: number,
  spans: readonly (readonly [label: number, from: number, to: number, score: number])[],
) {
  const windows = Array.from({ length: seconds / STEP }, (_, i) => {
    const center = (i + 0.5) * STEP
    const scores = new Float32Array(2).fill(0.01)
    for (const [label, from, to, score] of spans) if (center > from && center < to) scores[label] = score
    return { center, now: center + 0.5, level: -30, scores }
  })
  return { windows, seconds, end: seconds, unknown: [] as TimedEvent[] }
}

const event = (label: string, start: number, end: number) => ({ label, start, end })
const heard: Heard = {
  ...{ answers, step: STEP },
  scenes: [
    {
      scene: {
        sound: new Float32Array(),
        background: new Float32Array(),
        events: [event('bell', 2, 4), event('dog', 8, 10), event('bell', 14, 16)],
      },
      // Both bells are heard, one of them weakly, and a dog where there is none, as surely as the one that is.
      scored: scored(20, [
        [0, 2, 4, 0.9],
        [0, 14, 16, 0.6],
        [1, 8, 10, 0.7],
        [0, 17, 19, 0.3],
      ]),
    },
  ],
  // A minute.
  backgrounds: [scored(60, [[1, 20, 22, 0.8]])],
}
const choose = (most: number, isKept = (_: string) => true): Chosen =>
  chooseDecoding(heard, most, isKept, timesWith(0.3))

test('finds everything where false alarms may be', () => {
  const { f1, falseAlarmsPerHour, decoding } = choose(60)
  expect(f1).toBe(1)
  expect(falseAlarmsPerHour).toBeCloseTo(60)
  expect(decoding.labels[0].on).toBeGreaterThan(0.3)
  expect(decoding.labels[0].on).toBeLessThan(0.6)
})

test('gives up what costs more false alarms than may be, and nothing else', () => {
  const { f1, falseAlarmsPerHour, decoding } = choose(59)
  expect(falseAlarmsPerHour).toBe(0)
  expect(f1).toBeCloseTo((2 * 2) / (3 + 2))
  expect(decoding.labels[1].on).toBeGreaterThan(0.8)
})

test('a label that is not kept counts nowhere', () => {
  const { f1, falseAlarmsPerHour } = choose(59, (label) => label === 'bell')
  expect(falseAlarmsPerHour).toBe(0)
  expect(f1).toBeCloseTo((2 * 2) / (3 + 2))
})

test('what may be heard there all the same is no false alarm', () => {
  const { label, start, end } = event('dog', 21, 23)
  const backgrounds = heard.backgrounds.map((scored) => ({ ...scored, unknown: [{ label, start, end }] }))
  const { f1, falseAlarmsPerHour } = chooseDecoding({ ...heard, backgrounds }, 0, () => true, timesWith(0.3))
  expect(f1).toBe(1)
  expect(falseAlarmsPerHour).toBe(0)
})

test('in a scene what may be heard does not count, and what is an event does', () => {
  const unknown = [event('dog', 7, 11), event('bell', 13, 20)]
  const scenes = heard.scenes.map(({ scene, scored }) => ({ scene, scored: { ...scored, unknown } }))
  const { f1, decoding } = chooseDecoding({ ...heard, scenes }, 60, () => true, timesWith(0.3))
  expect(f1).toBe(1)
  // The third bell, which is not there, costs nothing.
  expect(decoding.labels[0].on).toBeLessThan(0.3)
})

test('a label whose scores rise before its sounds has them begin later, the others not', () => {
  const early = scored(20, [
    [0, 1.5, 4, 0.9],
    [0, 13.5, 16, 0.6],
    [1, 8, 10, 0.7],
  ])
  const scenes = heard.scenes.map(({ scene }) => ({ scene, scored: early }))
  const { f1, decoding } = chooseDecoding({ ...heard, scenes }, 60, () => true, timesWith(0.3, [0]))
  expect(f1).toBe(1)
  expect(decoding.labels.map(({ onsetOffsetSeconds }) => onsetOffsetSeconds)).toEqual([0.36, undefined])
})

test('below a bound every label can be told: with the fewest alarms where they cannot be few enough', () => {
  const { falseAlarmsPerHour, decoding } = chooseDecoding(heard, 0, () => true, timesWith(0.3, [0]), 0.75)
  expect(falseAlarmsPerHour).toBeCloseTo(60)
  for (const { on } of decoding.labels) expect(on).toBeLessThanOrEqual(0.75)
  expect(chooseDecoding(heard, 0, () => true, timesWith(0.3, [0]), 0.85).falseAlarmsPerHour).toBe(0)
})

test('times with more false alarms than may be are chosen only where none has fewer, whatever their F1', () => {
  const dogs = [event('dog', 8, 9), event('dog', 9.75, 10.75)]
  const twice = (start: number, score: number) =>
    [
      [1, start, start + 1, score],
      [1, start + 1.75, start + 2.75, score],
    ] as const
  const apart: Heard = {
    ...heard,
    scenes: [
      {
        scene: { ...heard.scenes[0].scene, events: dogs },
        scored: scored(20, twice(8, 0.7)),
      },
    ],
    backgrounds: [scored(60, twice(20, 0.8))],
  }
  const chosen = (most: number) => chooseDecoding(apart, most, () => true, timesWith(0.3, [0]), 0.75)
  expect(chosen(120)).toMatchObject({ f1: 1, times: { mergeGapSeconds: 0.5 } })
  for (const most of [0, 60]) {
    expect(chosen(most).times.mergeGapSeconds).toBe(1)
    expect(chosen(most).falseAlarmsPerHour).toBeCloseTo(60)
  }
})
