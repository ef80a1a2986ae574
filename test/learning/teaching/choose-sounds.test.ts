import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseSounds } from '../../../src/learning/teaching/choose-sounds.ts'
import type { LabelledSound } from '../../../src/learning/teaching/labelled-sound.ts'

const RATE = 1000

/** Classes of so many recordings of two sounds each, a second long. */
const classesOf = (recordings: readonly number[]): LabelledSound[] =>
  recordings.flatMap((count, label) =>
    Array.from({ length: 2 * count }, (_, i) => ({
      label: `class ${label}`,
      recording: `${i >> 1}`,
      sound: new Int16Array(RATE),
    })),
  )

const limits = (learned: number, measured: number) => ({
  sampleRate: RATE,
  least: RATE,
  learned: learned * RATE,
  measured,
})
const labels = (sounds: readonly LabelledSound[]) => sounds.map(({ label }) => label)

test('half of the recordings of every class are learned from and half are measured, none in both', () => {
  const recordings = fc.array(fc.integer({ min: 2, max: 12 }), { minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(recordings, fc.integer(), (counts, seed) => {
      const sounds = classesOf(counts)
      const { learned, measured } = chooseSounds(sounds, limits(1000, 1000), seed)
      expect(learned.length + measured.length).toBe(sounds.length)
      const name = ({ label, recording }: LabelledSound) => `${label} ${recording}`
      const own = new Set(learned.map(name))
      expect(measured.some((sound) => own.has(name(sound)))).toBe(false)
      counts.forEach((count, label) => {
        const share = measured.filter((sound) => sound.label === `class ${label}`).length
        expect(Math.abs(share - count)).toBeLessThanOrEqual(1)
      })
      expect(chooseSounds(sounds, limits(1000, 1000), seed)).toEqual({ learned, measured })
    }),
  )
})

test('where there are too many, some of each class are taken in turn', () => {
  const { learned, measured } = chooseSounds(classesOf([20, 3, 9]), limits(7, 8), 1)
  const turn = ['class 0', 'class 1', 'class 2']
  expect(labels(learned)).toEqual([...turn, ...turn, 'class 0'])
  expect(labels(measured)).toEqual([...turn, ...turn, 'class 0', 'class 2'])
})

test('another seed takes others', () => {
  const sounds = classesOf([20, 20])
  const taken = (seed: number) =>
    chooseSounds(sounds, limits(6, 6), seed).learned.map((sound) => sounds.indexOf(sound))
  expect(taken(1)).not.toEqual(taken(2))
})

test('sounds count as long as they are heard, and the first of each class is taken however long it is', () => {
  const short = classesOf([20, 20]).map((sound) => ({ ...sound, sound: new Int16Array(RATE / 10) }))
  expect(chooseSounds(short, limits(6, 6), 1).learned).toHaveLength(6)
  const long = classesOf([20, 20]).map((sound) => ({ ...sound, sound: new Int16Array(10 * RATE) }))
  expect(labels(chooseSounds(long, limits(6, 6), 1).learned)).toEqual(['class 0', 'class 1'])
})
