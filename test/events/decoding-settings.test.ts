import { expect, test } from 'vitest'
import { type DecodingOptions, DecodingSettings, EventDecoder, labelNames } from '../../src/events/index.ts'

const label = { on: 0.6, off: 0.3, minimumSeconds: 0.2 }
const own = { smoothingSeconds: 0.1, mergeGapSeconds: 0.3, labels: [label, label] }
const settings = () => new DecodingSettings(labelNames(['dog', 'cat']), own)

test('thresholds are those of the model until they are changed, and cannot be written past that', () => {
  const now = settings()
  expect(now.thresholds).toEqual({ dog: 0.6, cat: 0.6 })
  now.set({ thresholds: { cat: 0.2 } })
  now.set({ thresholds: { cat: 0.8 } })
  expect(now.thresholds).toEqual({ dog: 0.6, cat: 0.8 })
  expect(now.label(1)).toEqual({ on: 0.8, off: 0.4, minimumSeconds: 0.2 })
  expect(() => {
    ;(now.thresholds as Record<string, number>).dog = 0
  }).toThrow(TypeError)
  expect(() => now.set({ thresholds: { cow: 0.5 } })).toThrow(/no label "cow"/)
  expect(now.thresholds).toEqual({ dog: 0.6, cat: 0.8 })
})

test('what is left out stays, null takes the model’s own, and another decoder can go on with the changes', () => {
  const now = settings()
  now.set({ thresholds: { dog: 0.8 }, labels: ['cat'], decoding: { minimumSeconds: 1 } })
  now.set({ decoding: { smoothingSeconds: 0 } })
  const next = settings()
  next.set(now.changes)
  for (const one of [now, next]) {
    expect(one.label(0)).toEqual({ on: 0.8, off: 0.4, minimumSeconds: 1 })
    expect([0, 1].map((place) => one.isHeard(place))).toEqual([false, true])
    expect([one.smoothingSeconds, one.mergeGapSeconds]).toEqual([0, 0.3])
  }
  now.set({ thresholds: null, labels: null, decoding: null })
  expect(now.label(0)).toEqual(label)
  expect([now.isHeard(0), now.smoothingSeconds]).toEqual([true, 0.1])
})

test.each<[unknown, RegExp]>([
  [{ labels: ['cow'] }, /no label "cow".*dog, cat/],
  [{ labels: [] }, /No label is to be heard/],
  [{ labels: 'dog' }, /No label is to be heard/],
  [{ labels: new Set(['dog']) }, /No label is to be heard: labels is Set/],
  [{ thresholds: 0.5 }, /thresholds: this is no object \(0\.5\).*by label/],
  [{ thresholds: [] }, /thresholds: this is no object \(Array\)/],
  [{ thresholds: new Map([['dog', 0.5]]) }, /thresholds: this is no object \(Map\)/],
  [{ thresholds: { dog: '0.5' } }, /threshold is "0\.5"/],
  [{ thresholds: { dog: null } }, /threshold is null/],
  [{ decoding: 'fast' }, /decoding: this is no object \("fast"\).*smoothingSeconds/],
  [{ decoding: { smoothingSeconds: '1' } }, /decoding\.smoothingSeconds is "1"/],
  [{ decoding: { mergeGapSeconds: null } }, /decoding\.mergeGapSeconds is null/],
  [{ thresholds: { dog: 1.5 } }, /threshold is 1\.5/],
  [{ thresholds: { dog: Number.NaN } }, /threshold is NaN/],
  [{ decoding: { smoothingSeconds: -1 } }, /decoding\.smoothingSeconds is -1/],
  [{ decoding: { mergeGapSeconds: 61 } }, /decoding\.mergeGapSeconds is 61/],
  [{ decoding: { minimumSecond: 1 } }, /no option of decoding "minimumSecond"/],
  [{ treshold: {} }, /no option "treshold"/],
])('%o is refused, and nothing of it taken', (wrong, message) => {
  const now = settings()
  const options = { thresholds: { cat: 0.1 }, ...(wrong as DecodingOptions) }
  expect(() => now.set(options)).toThrow(message)
  expect(now.thresholds).toEqual({ dog: 0.6, cat: 0.6 })
})

test.each([undefined, null, 5, [], 'labels'])('%o in the place of options is refused', (wrong) => {
  expect(() => settings().set(wrong as DecodingOptions)).toThrow(/The options: this is no object/)
})

test('a label is named with its head where several have one of that name, else alone or with it', () => {
  const heads = [
    { name: 'near', labels: 2 },
    { name: 'far', labels: 1 },
  ]
  const now = new DecodingSettings(labelNames(['dog', 'cat', 'dog'], heads), {
    ...own,
    labels: [label, label, label],
  })
  now.set({ thresholds: { cat: 0.1, 'far/dog': 0.2 }, labels: ['near/cat'] })
  expect(now.thresholds).toEqual({ 'near/dog': 0.6, 'near/cat': 0.1, 'far/dog': 0.2 })
  expect(() => now.set({ labels: ['dog'] })).toThrow(/in several heads.*near, far/)
})

test('a decoder tells only what it is to hear, with times that are changed on the way', () => {
  const decoder = new EventDecoder(['dog', 'cat'], { ...own, smoothingSeconds: 0 }, 0.1)
  decoder.setOptions({ labels: ['cat'] })
  const push = (from: number, to: number, score: number) => {
    const events = []
    for (let step = from; step < to; step++) {
      events.push(...decoder.push(step / 10, [score, score]), ...decoder.onsets)
    }
    return events.map(({ label }) => label)
  }
  expect(push(0, 5, 1)).toEqual(['cat'])
  expect(push(5, 10, 0)).toEqual(['cat'])
  decoder.setOptions({ labels: null, decoding: { minimumSeconds: 1, mergeGapSeconds: 0 } })
  expect(push(10, 15, 1)).toEqual([])
  expect(push(15, 20, 0)).toEqual([])
  expect(push(20, 35, 1)).toEqual(['dog', 'cat'])
  decoder.setOptions({ labels: ['cat'] })
  expect(push(35, 37, 1)).toEqual(['dog'])
  expect(decoder.finish(3.7).map(({ label }) => label)).toEqual(['cat'])
})

test('onset offsets stay with other thresholds and minima, and go where scores are smoothed in another way', () => {
  const early = { ...label, onsetOffsetSeconds: 0.24 }
  const now = new DecodingSettings([{ label: 'dog' }], {
    smoothingSeconds: 0,
    mergeGapSeconds: 1,
    labels: [early],
  })
  now.set({ thresholds: { dog: 0.8 }, decoding: { minimumSeconds: 1, smoothingSeconds: 0 } })
  expect(now.label(0)).toEqual({ on: 0.8, off: 0.4, minimumSeconds: 1, onsetOffsetSeconds: 0.24 })
  now.set({ decoding: { smoothingSeconds: 0.2 } })
  expect(now.label(0).onsetOffsetSeconds).toBe(0)
  now.set({ decoding: null })
  expect(now.label(0).onsetOffsetSeconds).toBe(0.24)
})
