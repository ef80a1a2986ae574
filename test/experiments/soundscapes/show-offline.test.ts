import { expect, test } from 'vitest'
import type { TimedEvent } from './event-score.ts'
import { figuresOf } from './figures.ts'
import { decodeOffline, type ScoredSound } from './listen-offline.ts'
import { pageRules, showOffline } from './show-offline.ts'

const STEP = 0.25
const SECONDS = 20
const labels = ['bird', 'door', 'impact', 'silence']
const answers = { labels, places: [[0], [1], [2], [3]], asked: [0, 1, 2, 3], clips: [], leftOut: [] }
const decoding = {
  smoothingSeconds: 0,
  mergeGapSeconds: 0.5,
  labels: labels.map(() => ({ on: 0.2, off: 0.1, minimumSeconds: 0.3 })),
}

/** A score of each label from one time to another, else next to nothing, in a room at -60 dBFS. */
function scored(
  spans: readonly (readonly [label: string, from: number, to: number, score: number, level: number])[],
) {
  const windows = Array.from({ length: SECONDS / STEP }, (_, i) => {
    const center = (i + 0.5) * STEP
    const scores = new Float32Array(labels.length).fill(0.01)
    for (const [label, from, to, score] of spans)
      if (center > from && center < to) scores[labels.indexOf(label)] = score
    const now = center + 0.5
    const loud = spans.filter(([, from, to]) => now > from && now < to)
    return { center, now, level: Math.max(-60, ...loud.map(([, , , , level]) => level)), scores }
  })
  return { windows, seconds: SECONDS, end: SECONDS, unknown: [] as TimedEvent[] }
}

const sound = scored([
  ['bird', 2, 4, 0.95, -20],
  // A gap that the page bridges and the decoder does not, under 50 %, a second name for the bird, two blows of which the
  // first is no louder than the room.
  ['bird', 4.75, 6, 0.8, -20],
  ['door', 8, 9, 0.4, -20],
  ['door', 2.25, 3.75, 0.6, -20],
  ['impact', 11, 12, 0.95, -55],
  ['impact', 14, 15, 0.95, -45],
  ['silence', 16, 19, 0.95, -60],
])
const shown = (rules = pageRules) =>
  showOffline(sound, answers, decoding, STEP, rules).events.map(({ label, start, end }) => [
    label,
    start,
    end,
  ])

test('what the page shows is not what is decoded', () => {
  expect(decodeOffline(sound, answers, decoding, STEP)).toHaveLength(7)
  expect(shown()).toEqual([
    ['bird', 2, 6],
    ['impact', 14, 15],
  ])
})

test('each of its rules is counted', () => {
  expect(shown({ ...pageRules, mergeGapSeconds: 0.5 }).filter(([label]) => label === 'bird')).toHaveLength(2)
  expect(shown({ ...pageRules, share: 0.3 })).toContainEqual(['door', 8, 9])
  expect(shown({ ...pageRules, covered: 1.01 })).toContainEqual(['door', 2.25, 3.75])
  expect(shown({ ...pageRules, burstRise: 5 })).toContainEqual(['impact', 11, 12])
})

test('an event is told when it is shown, and counted when it is taken back', () => {
  const later = scored([
    ['door', 2, 4, 0.6, -20],
    ['bird', 2.5, 4.5, 0.95, -20],
  ])
  const { events, takenBack } = showOffline(later, answers, decoding, STEP)
  expect(events).toMatchObject([{ label: 'bird', start: 2.5, told: 3.375, confidence: expect.closeTo(0.95) }])
  expect(takenBack).toBe(1)
})

test('figures of scenes and of backgrounds', () => {
  const events = [
    { label: 'bird', start: 2, end: 6 },
    { label: 'door', start: 8, end: 9 },
  ]
  const heard = {
    answers,
    step: STEP,
    scenes: [{ scene: { sound: new Float32Array(), background: new Float32Array(), events }, scored: sound }],
    backgrounds: [sound],
  }
  const shownOf = (one: ScoredSound) => showOffline(one, answers, decoding, STEP).events
  const figures = figuresOf(heard, shownOf)
  // Of four events and tellings two are one; the blow is wrong, and so are both of the background.
  expect(figures).toMatchObject({ eventF1: 0.5, wrongAMinute: 3, falseAlarmsAnHour: 360 })
  expect(figures.delays).toEqual([expect.closeTo(0.875, 9)])
  expect(figures.reliability).toBe('0.9: 2, 0.50')
  // The blow may have been there; the bird of the background too, and the one of the scene is right.
  const unknown = [
    { label: 'impact', start: 10, end: 16 },
    { label: 'bird', start: 0, end: 3 },
  ]
  const known = { ...heard, scenes: [{ ...heard.scenes[0], scored: { ...sound, unknown } }] }
  const judged = figuresOf({ ...known, backgrounds: [{ ...sound, unknown: unknown.slice(1) }] }, shownOf)
  expect(judged).toMatchObject({ eventF1: 2 / 3, wrongAMinute: 0, falseAlarmsAnHour: 180 })
})
