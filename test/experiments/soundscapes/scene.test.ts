import { expect, test } from 'vitest'
import { answersOf } from '../../../src/cli/evaluate/answers.ts'
import { loadClassifier } from '../../../src/inference/node.ts'
import { everyName } from '../../../src/learning/data/label-map.ts'
import { streams } from '../../../src/learning/random/index.ts'
import { loudness } from '../../../src/learning/sound/index.ts'
import { loudModel } from '../../cli/loud-model.ts'
import { seeded } from '../../model/tiny-model.ts'
import { listenOffline } from './listen-offline.ts'
import { makeScene } from './scene.ts'

const RATE = 16000
const random = seeded(4)
const noise = (seconds: number, level: number) =>
  Float32Array.from({ length: seconds * RATE }, () => level * random())
/** A second of noise with half a second of silence before and after it. */
const clip = Float32Array.from([
  ...new Float32Array(RATE / 2),
  ...noise(1, 0.5),
  ...new Float32Array(RATE / 2),
])
const background = noise(7, 0.01)
const scene = (seed: number) =>
  makeScene([{ label: 'hiss', sound: clip }], background, RATE, streams.soundscape(seed, 0))

test('a scene is the same for the same seed, and says when its events begin and end', () => {
  const { sound, background: below, events } = scene(1)
  const again = scene(1)
  expect(again.events).toEqual(events)
  expect(Buffer.from(again.sound.buffer).equals(Buffer.from(sound.buffer))).toBe(true)
  expect(scene(2).events).not.toEqual(events)
  expect(sound).toHaveLength(60 * RATE)
  expect(below).toHaveLength(60 * RATE)
  expect(below.every((value, i) => value === background[i % background.length])).toBe(true)
  expect(events.length).toBeGreaterThanOrEqual(6)
  events.forEach(({ start, end }, i) => {
    // The quiet around the clip is no part of its event.
    expect(end - start).toBeCloseTo(1, 1)
    expect(start).toBeGreaterThanOrEqual(i === 0 ? 0 : events[i - 1].end + 0.99)
    const inside = loudness(sound, RATE, Math.round(start * RATE), Math.round(end * RATE))
    const before = loudness(sound, RATE, Math.round((start - 0.3) * RATE), Math.round(start * RATE))
    expect(20 * Math.log10(inside / before)).toBeGreaterThan(2)
    expect(20 * Math.log10(inside / before)).toBeLessThan(21.5)
  })
})

test('a scene is heard block by block: an event is told after it began, before it ends', async () => {
  const sound = noise(6, 1e-4)
  sound.set(noise(2, 0.9), 2 * RATE)
  const model = loudModel()
  const classifier = await loadClassifier(model)
  const answers = answersOf(model.labels, [{ path: '', labels: [...model.labels] }], everyName)
  const [event, ...others] = await listenOffline(model, classifier, answers, sound)
  classifier.dispose()
  expect(others).toEqual([])
  expect(event.start).toBeCloseTo(2, 0)
  expect(event.end).toBeCloseTo(4, 0)
  expect(event.told).toBeGreaterThan(event.start)
  expect(event.told).toBeLessThan(3)
})
