import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rootMeanSquare } from '../../../src/learning/adaptation/noisy-room.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { noise } from '../../../src/learning/sound/sound.ts'
import type { LabelledSound } from '../../../src/learning/teaching/labelled-sound.ts'
import type { RoomNoise } from '../../../src/learning/teaching/room-noise.ts'
import { RoomSounds } from '../../../src/learning/teaching/room-sounds.ts'
import { readModel } from '../../../src/model/index.ts'
import { RATE } from './three-classes.ts'

const events = readModel(readFileSync('demo/public/models/events.safetensors'))
const model = { ...events, labels: ['background', 'tone'] }

const tone = (level: number): LabelledSound => ({
  ...{ label: 'tone', recording: String(level) },
  sound: Float32Array.from(
    { length: RATE },
    (_, i) => Math.SQRT2 * level * Math.sin((2 * Math.PI * 1000 * i) / RATE),
  ),
})
const background: LabelledSound = { label: 'background', recording: 'room', sound: new Float32Array(RATE) }
const sounds = [background, tone(0.01), tone(0.1), tone(0.02)]

/** Two halves of the same level, told apart by their sign. */
const LEVEL = 0.05
const halves = Float32Array.from(noise(8 * RATE, 'white', new Random(3)), (value, i) =>
  i < 4 * RATE ? LEVEL * Math.abs(value) : -LEVEL * Math.abs(value),
)
const heard = (room: Partial<RoomNoise>) =>
  new RoomSounds(model, sounds, { noise: halves, snr: null, quiet: ['background'], ...room })

/** What is heard besides each sound, which ends where the example does. */
const around = (examples: readonly { sound: Float32Array }[]) =>
  examples.map(({ sound }, i) => {
    const start = sound.length - RATE
    return sound.map((value, t) => value - (t < start ? 0 : sounds[i].sound[t - start]))
  })
const levels = (examples: readonly { sound: Float32Array }[]) =>
  around(examples).map((rest) => Number(rootMeanSquare(rest).toPrecision(1)))
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('a room lies under its sounds', () => {
  test('as loud as it was recorded, whatever they are', () => {
    const room = heard({})
    expect(levels(room.toLearn(sounds, 1))).toEqual([0.05, 0.05, 0.05, 0.05])
    expect(levels(room.toMeasure(sounds, true))).toEqual([0.05, 0.05, 0.05, 0.05])
    // The middle one of the tones.
    expect(room.snr).toBeCloseTo(20 * Math.log10(0.02 / LEVEL), 1)
  })

  test('so many decibels below each, and below the middle one where there is none', () => {
    const room = heard({ snr: 20 })
    expect(levels(room.toLearn(sounds, 1))).toEqual([0.002, 0.001, 0.01, 0.002])
    expect(levels(room.toMeasure(sounds, true))).toEqual([0.002, 0.001, 0.01, 0.002])
    expect(room.snr).toBe(20)
  })

  test('with one half while it is learned from, and the other while it is measured', () => {
    const room = heard({})
    for (const rest of around(room.toLearn(sounds, 1))) expect(mean(rest)).toBeGreaterThan(LEVEL / 2)
    for (const rest of around(room.toMeasure(sounds, true))) expect(mean(rest)).toBeLessThan(-LEVEL / 2)
  })

  test('not at all in the quiet', () => {
    for (const level of levels(heard({}).toMeasure(sounds, false))) expect(level).toBe(1e-4)
  })
})

test('what is measured comes after a second of the room, and its window is at the end', () => {
  for (const { sound, firstFrame } of heard({}).toMeasure(sounds, true)) {
    expect(sound).toHaveLength(2 * RATE)
    expect(firstFrame).toBe(200 - model.classifier.windowFrames)
  }
})

test('every example says which of the labels it is', () => {
  const targets = (examples: readonly { target: Float32Array }[]) => examples.map(({ target }) => [...target])
  const expected = sounds.map(({ label }) => [Number(label === 'background'), Number(label === 'tone')])
  expect(targets(heard({}).toLearn(sounds, 1))).toEqual(expected)
  expect(targets(heard({}).toMeasure(sounds, false))).toEqual(expected)
})

test('another seed learns from other places of the room', () => {
  const [one, other] = [1, 2].map((seed) => heard({}).toLearn(sounds, seed)[0].sound)
  expect(one).not.toEqual(other)
  expect(heard({}).toLearn(sounds, 1)[0].sound).toEqual(one)
})
