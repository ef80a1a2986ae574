import { expect, test } from 'vitest'
import { decibels, filter, loudness, passFilter } from '../../../../src/learning/sound/sound.ts'
import { tone } from '../../../learning/tone-folder.ts'
import { taskClip } from './fixtures/task-clip.ts'
import { type TaskExampleOptions, TaskExamples } from './task-examples.ts'

const OPTIONS: TaskExampleOptions = {
  seed: 3,
  sampleRate: 16000,
  samples: 16000,
  firstFrame: 2,
  labels: 7,
  firstLabel: 0,
  gainDb: 0,
  narrowChance: 0,
  floorDb: [-80, -60],
}
/** Clips of 0.4 to 1.6 s, each with a label of its own. */
const clips = Array.from({ length: 7 }, (_, i) => taskClip(i, tone(500 + 900 * i, 6400 + 3200 * i, i)))
const examplesOf = (options: Partial<TaskExampleOptions>, count: number) => {
  const source = new TaskExamples(clips, { ...OPTIONS, ...options })
  return Array.from({ length: count }, (_, i) => source.make(i))
}
const many = examplesOf({}, 70)

test('depend on the seed and their number alone', () => {
  const again = new TaskExamples(clips, OPTIONS)
  expect(again.make(40)).toEqual(many[40])
  expect(again.make(3)).toEqual(many[3])
  expect(examplesOf({ seed: 4 }, 4)[3].sound).not.toEqual(many[3].sound)
})

test('hold every clip once in an epoch, in another order each time', () => {
  const labels = many.map(({ target }) => target.indexOf(1))
  const epochs = Array.from({ length: 10 }, (_, i) => labels.slice(7 * i, 7 * i + 7))
  for (const epoch of epochs) expect(epoch.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(new Set(epochs.map((epoch) => epoch.join())).size).toBeGreaterThan(5)
})

test('last a second and are nowhere digital silence', () => {
  for (const { sound, firstFrame } of many) {
    expect(sound).toHaveLength(16000)
    expect(firstFrame).toBe(2)
    expect(sound.some((x, i) => i > 1 && x === 0 && sound[i - 1] === 0 && sound[i - 2] === 0)).toBe(false)
  }
})

test('show short clips at any place', () => {
  const shortest = many.filter(({ target }) => target[0] === 1)
  const starts = shortest.map(({ sound }) => sound.findIndex((x) => Math.abs(x) > 0.1))
  expect(Math.min(...starts)).toBeLessThan(4800)
  expect(Math.max(...starts)).toBeGreaterThan(4800)
})

test('are turned up and down within the range, over a floor that is not', () => {
  const plain = many.map(({ sound }) => loudness(sound, 16000))
  const turned = examplesOf({ gainDb: 12 }, 70).map(({ sound }) => loudness(sound, 16000))
  const gains = turned.map((level, i) => 20 * Math.log10(level / plain[i]))
  expect(Math.min(...gains)).toBeLessThan(-8)
  expect(Math.min(...gains)).toBeGreaterThan(-12.5)
  expect(Math.max(...gains)).toBeGreaterThan(8)
  expect(Math.max(...gains)).toBeLessThan(12.5)
})

test('lose what is above 4 kHz as often as asked for', () => {
  const above = (sound: Float32Array) => {
    const part = sound.slice()
    for (let i = 0; i < 6; i++) filter(part, passFilter('high', 5000, 0.7, 16000))
    return loudness(part, 16000)
  }
  // The last clip is a tone of 5.9 kHz.
  const kept = (narrowChance: number) => {
    const sounds = examplesOf({ narrowChance }, 70).filter(({ target }) => target[6] === 1)
    return sounds.filter(({ sound }) => above(sound) > 0.05).length
  }
  expect(kept(0)).toBe(10)
  expect(kept(0.5)).toBeGreaterThan(1)
  expect(kept(0.5)).toBeLessThan(9)
  expect(kept(1)).toBe(0)
})

test("are at the level that the clip's gain gives", () => {
  const quiet = taskClip(0, tone(500, 20000, 1), decibels(-20))
  const [example] = [new TaskExamples([quiet], OPTIONS).make(0)]
  expect(loudness(example.sound, 16000)).toBeCloseTo((0.3 / Math.SQRT2) * decibels(-20), 2)
})
