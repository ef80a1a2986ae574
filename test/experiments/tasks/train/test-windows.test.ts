import { expect, test } from 'vitest'
import { decibels, loudness } from '../../../../src/learning/sound/sound.ts'
import { tone } from '../../../learning/tone-folder.ts'
import { taskClip } from './fixtures/task-clip.ts'
import { TestSounds } from './test-windows.ts'

const OPTIONS = { sampleRate: 16000, samples: 16000, floorDb: [-80, -60] as const }
const sounds = new TestSounds(OPTIONS)
const clipOf = (length: number) => taskClip(0, tone(700, length, 1))

test.each([
  [5000, 1],
  [16000, 1],
  [17000, 1],
  [24000, 2],
  [32900, 2],
  [64000, 4],
])('a clip of %d samples has %d windows', (length, count) => {
  const windows = sounds.windows(clipOf(length), 0, 0)
  expect(windows).toHaveLength(count)
  for (const window of windows) expect(window).toHaveLength(16000)
})

test('windows follow one another, the last one to the end', () => {
  const ramp = Float32Array.from({ length: 40000 }, (_, i) => i / 40000)
  const windows = sounds.windows(taskClip(0, ramp), 0, 0)
  expect(windows.map(([first]) => Math.round(10 * first))).toEqual([0, 3, 6])
  expect(windows[2][15999]).toBeCloseTo(1, 1)
})

test('a clip sounds the same each time, and other clips lie elsewhere', () => {
  const again = new TestSounds(OPTIONS)
  expect(again.windows(clipOf(5000), 8, 0)).toEqual(sounds.windows(clipOf(5000), 8, 0))
  const starts = Array.from({ length: 20 }, (_, i) =>
    sounds.windows(clipOf(5000), i, 0)[0].findIndex((x) => Math.abs(x) > 0.1),
  )
  expect(new Set(starts).size).toBeGreaterThan(15)
})

test('a clip is turned down, the floor under it is not', () => {
  const [loud] = sounds.windows(clipOf(6000), 2, 0)
  const [quiet] = sounds.windows(clipOf(6000), 2, -24)
  const start = loud.findIndex((x) => Math.abs(x) > 0.1)
  const [from, to] = start > 8000 ? [0, start - 500] : [start + 6500, 16000]
  expect(quiet.slice(from, to)).toEqual(loud.slice(from, to))
  expect(loudness(loud, 16000, from, to)).toBeGreaterThan(decibels(-83))
  expect(loudness(loud, 16000, from, to)).toBeLessThan(decibels(-55))
  expect(loudness(quiet, 16000) / loudness(loud, 16000)).toBeCloseTo(decibels(-24), 2)
})
