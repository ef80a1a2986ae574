import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preset } from '../../../src/frontend/index.ts'
import { LiveFrontend } from '../../../src/learning/command/live-frontend.ts'
import { Examples, longestExample } from '../../../src/learning/data/clip-examples.ts'
import type { Clip } from '../../../src/learning/data/clips.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { filter, loudness, passFilter } from '../../../src/learning/sound/sound.ts'
import { cover, drawMask, meanOf } from '../../../src/learning/training/masking.ts'
import { tone } from '../tone-folder.ts'

const LABELS = ['high', 'low', 'silence']
const OPTIONS = { seed: 5, sampleRate: 16000, hop: 160, windowFrames: 96, labels: LABELS }
const WINDOW = OPTIONS.windowFrames * OPTIONS.hop

function clip(label: number, sound: Float32Array, group: string): Clip {
  const row = {
    file: group,
    path: group,
    labels: [label],
    split: 'train' as const,
    group,
    source: '',
    shippable: true,
  }
  return { row, samples: Int16Array.from(sound, (sample) => 32767 * sample) }
}

const random = new Random(1)
const clips = [
  ...[1, 2, 3].map((i) => clip(0, tone(3000, 8000 * i, i), `high${i}`)),
  ...[1, 2, 3].map((i) => clip(1, tone(400, 8000 * i, i), `low${i}`)),
  clip(
    2,
    Float32Array.from({ length: 20000 }, () => 0.0005 * random.normal()),
    'silence1',
  ),
]
const examples = new Examples(clips, OPTIONS)
const many = Array.from({ length: 150 }, (_, i) => examples.make(i))

/** Level of what is above (or below) 1200 Hz, between the two tones. */
function levelOf(side: 'low' | 'high', sound: Float32Array): number {
  const part = sound.slice()
  for (let i = 0; i < 4; i++) filter(part, passFilter(side, 1200, 0.7, 16000))
  return loudness(part, 16000)
}

describe('training examples', () => {
  test('depend on the seed and their number alone', () => {
    const again = new Examples(clips, OPTIONS)
    expect(again.make(17)).toEqual(many[17])
    expect(again.make(3)).toEqual(many[3])
    expect(new Examples(clips, { ...OPTIONS, seed: 6 }).make(3).sound).not.toEqual(many[3].sound)
    expect(many[4].sound).not.toEqual(many[5].sound)
  })

  test('have room for their window, and are never digital silence, never beyond full scale', () => {
    for (const { sound, firstFrame } of many) {
      expect(sound.length).toBeLessThanOrEqual(longestExample(OPTIONS))
      expect(sound.length).toBeGreaterThanOrEqual(firstFrame * OPTIONS.hop + WINDOW)
      expect(sound.every((sample) => Math.abs(sample) <= 1)).toBe(true)
      expect(
        sound.some((sample, i) => i > 3 && sample === 0 && sound[i - 1] === 0 && sound[i - 2] === 0),
      ).toBe(false)
    }
  })

  test('of two clips carry both labels, of silence only its own', () => {
    const counts = many.map(({ target }) => target.reduce((sum, value) => sum + value, 0))
    expect(counts.filter((count) => count === 2).length).toBeGreaterThan(15)
    expect(Math.max(...counts)).toBe(2)
    for (const { target } of many) if (target[2] === 1) expect([...target]).toEqual([0, 0, 1])
  })

  test('hold what their labels say', () => {
    const unmixed = many.filter(({ target }) => target[0] + target[1] === 1)
    const right = unmixed.filter(({ sound, firstFrame, target }) => {
      const window = sound.subarray(firstFrame * OPTIONS.hop, firstFrame * OPTIONS.hop + WINDOW)
      return levelOf('high', window) > levelOf('low', window) === (target[0] === 1)
    })
    expect(right.length / unmixed.length).toBeGreaterThan(0.9)
  })
})

test('unlabelled recordings are heard alone and under clips: what else is heard, nobody knows', () => {
  const hum = Float32Array.from({ length: 40000 }, (_, i) => 0.2 * Math.sin((2 * Math.PI * 60 * i) / 16000))
  const beds = new Examples(clips, OPTIONS, [clip(-1, hum, 'hum')])
  const made = Array.from({ length: 120 }, (_, i) => beds.make(i))
  const humming = made.filter(({ target }) => target.some(Number.isNaN))
  const alone = humming.filter(({ target }) => target.every(Number.isNaN))
  expect(alone.length).toBeGreaterThan(15)
  expect(humming.length - alone.length).toBeGreaterThan(15)
  expect(made.length - humming.length).toBeGreaterThan(15)
  for (const { target } of humming) expect([...target]).not.toContain(0)
  for (const { sound } of alone) expect(levelOf('low', sound)).toBeGreaterThan(levelOf('high', sound))
})

test('a window shows the loud part of a long clip', () => {
  const long = Float32Array.from({ length: 48000 }, () => 0.0003 * random.normal())
  long.set(tone(3000, 1600, 4), 36000)
  const options = { ...OPTIONS, labels: ['high', 'low'] }
  const bursts = new Examples([clip(0, long, 'burst'), clip(1, tone(400, 48000, 1), 'low')], options)
  const unmixed = Array.from({ length: 120 }, (_, i) => bursts.make(i)).filter(
    ({ target }) => target[0] === 1 && target[1] === 0,
  )
  const shown = unmixed.filter(({ sound, firstFrame }) => {
    const window = sound.slice(firstFrame * OPTIONS.hop, firstFrame * OPTIONS.hop + WINDOW)
    for (let i = 0; i < 4; i++) filter(window, passFilter('high', 1200, 0.7, 16000))
    const quarters = [0, 1, 2, 3].map((i) => window.subarray((i * WINDOW) / 4, ((i + 1) * WINDOW) / 4))
    const levels = quarters.map((quarter) => loudness(quarter, 1600))
    return Math.max(...levels) > 3 * Math.min(...levels)
  })
  expect(unmixed.length).toBeGreaterThan(20)
  expect(shown.length / unmixed.length).toBeGreaterThan(0.7)
})

test('some windows end when a sound has only just begun', () => {
  const late = Float32Array.from({ length: 32000 }, () => 0.0003 * random.normal())
  late.set(tone(3000, 30400, 4), 1600)
  const sounds = new Examples([clip(0, late, 'late'), clip(1, tone(400, 48000, 1), 'low')], {
    ...OPTIONS,
    labels: ['high', 'low'],
  })
  const unmixed = Array.from({ length: 300 }, (_, i) => sounds.make(i)).filter(
    ({ target }) => target[0] === 1 && target[1] === 0,
  )
  // Seconds of the tone in front of the window's end.
  const heard = unmixed.map(({ sound, firstFrame }) => {
    const window = sound.slice(firstFrame * OPTIONS.hop, firstFrame * OPTIONS.hop + WINDOW)
    for (let i = 0; i < 4; i++) filter(window, passFilter('high', 1200, 0.7, 16000))
    const loudest = loudness(window, 16000)
    return (WINDOW - window.findIndex((sample) => Math.abs(sample) > loudest / 2)) / 16000
  })
  const soon = heard.filter((seconds) => seconds < 0.45)
  expect(soon.length / heard.length).toBeGreaterThan(0.1)
  expect(soon.length / heard.length).toBeLessThan(0.4)
  expect(Math.min(...heard)).toBeGreaterThan(0.05)
})

describe('features of examples', () => {
  const frontend = new LiveFrontend(preset('leaf'))

  test('are the frames of the whole sound from the first frame on', () => {
    const example = many.find(({ firstFrame }) => firstFrame > 0)!
    const [whole] = frontend.windows(example.sound, 100, 1)
    const window = frontend.window({ ...example, firstFrame: 4 }, 96)
    expect(window).toEqual(whole.slice(4 * 40))
    expect(frontend.window(example, 96)).toHaveLength(96 * 40)
  })

  test('windows of a clip lie a hop apart, the last one at its end', () => {
    const sound = tone(700, 16000 * 2, 8)
    const every = frontend.windows(sound, 96, 1)
    const some = frontend.windows(sound, 96, 24)
    expect(every).toHaveLength(200 - 96 + 1)
    expect(some).toEqual([0, 24, 48, 72, 96, 104].map((frame) => every[frame]))
  })
})

test('masking covers a band and a stretch, and nothing else', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const window = Float32Array.from({ length: 96 * 40 }, (_, i) => Math.sin(i))
      const masked = window.slice()
      const mask = drawMask(96, 40, new Random(seed))
      cover(masked, 40, mask, meanOf(window))
      expect(mask.channels).toBeLessThan(8)
      expect(mask.frames).toBeLessThan(20)
      masked.forEach((value, i) => {
        const [frame, channel] = [Math.floor(i / 40), i % 40]
        const inside = (at: number, first: number, count: number) => at >= first && at < first + count
        const isCovered =
          inside(channel, mask.firstChannel, mask.channels) || inside(frame, mask.firstFrame, mask.frames)
        expect(value).toBe(isCovered ? Math.fround(meanOf(window)) : window[i])
      })
    }),
    { numRuns: 20 },
  )
})
