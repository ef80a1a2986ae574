import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/learning/random/random.ts'
import { add } from '../../../src/learning/sound/augmentation.ts'
import { reverberation } from '../../../src/learning/sound/reverberation.ts'
import {
  type Biquad,
  filter,
  loudness,
  noise,
  passFilter,
  shelfFilter,
} from '../../../src/learning/sound/sound.ts'

const RATE = 16000

/** What a filter does to a tone, dB. */
function gain(biquad: Biquad, frequency: number): number {
  const sound = Float32Array.from({ length: RATE }, (_, i) => Math.sin((2 * Math.PI * frequency * i) / RATE))
  const filtered = sound.slice()
  filter(filtered, biquad)
  return 20 * Math.log10(loudness(filtered.subarray(RATE / 2), RATE) / loudness(sound, RATE))
}

describe('filters', () => {
  test('a pass filter leaves one side, takes 3 dB at its frequency and 12 dB an octave beyond', () => {
    expect(gain(passFilter('low', 1000, Math.SQRT1_2, RATE), 100)).toBeCloseTo(0, 1)
    expect(gain(passFilter('low', 1000, Math.SQRT1_2, RATE), 1000)).toBeCloseTo(-3.01, 1)
    expect(gain(passFilter('low', 1000, Math.SQRT1_2, RATE), 2000)).toBeLessThan(-12)
    expect(gain(passFilter('high', 1000, Math.SQRT1_2, RATE), 5000)).toBeCloseTo(0, 1)
    expect(gain(passFilter('high', 1000, Math.SQRT1_2, RATE), 1000)).toBeCloseTo(-3.01, 1)
    expect(gain(passFilter('high', 1000, Math.SQRT1_2, RATE), 250)).toBeLessThan(-23)
  })

  test('a shelf lifts what is above its frequency', () => {
    expect(gain(shelfFilter(1000, 8, RATE), 50)).toBeCloseTo(0, 1)
    expect(gain(shelfFilter(1000, 8, RATE), 1000)).toBeCloseTo(4, 1)
    expect(gain(shelfFilter(1000, 8, RATE), 7000)).toBeCloseTo(8, 1)
    // The steepest slope that does not overshoot.
    expect(gain(shelfFilter(1000, 8, RATE), 500)).toBeCloseTo(0.51, 1)
  })
})

test('a sound that is added begins again when it ends', () => {
  const sound = new Float32Array(8)
  add(sound, Float32Array.of(1, 2, 3), 1, 2)
  expect([...sound]).toEqual([4, 6, 2, 4, 6, 2, 4, 6])
})

test.each([
  ['white', 0],
  ['pink', -3],
  ['brown', -6],
] as const)('%s noise has level 1 and %d dB an octave', (colour, slope) => {
  const sound = noise(8 * RATE, colour, new Random(1))
  const level = (frequency: number) => {
    const band = sound.slice()
    // A narrow band whose width is in proportion to its frequency; an octave up it is 3 dB wider.
    filter(band, passFilter('low', frequency, 20, RATE))
    filter(band, passFilter('high', frequency, 20, RATE))
    return 20 * Math.log10(Math.sqrt(band.reduce((sum, sample) => sum + sample ** 2, 0) / band.length))
  }
  expect(Math.sqrt(sound.reduce((sum, sample) => sum + sample ** 2, 0) / sound.length)).toBeCloseTo(1, 5)
  expect((level(3200) - level(200)) / 4 - 3.01).toBeCloseTo(slope, -0.2)
})

test('loudness is that of the loudest quarter of a second', () => {
  const sound = new Float32Array(RATE)
  sound.fill(0.5, 6000, 10000)
  expect(loudness(sound, RATE)).toBeCloseTo(0.5, 6)
  expect(loudness(sound, RATE, 0, 4000)).toBe(0)
  expect(loudness(sound.subarray(6000, 7000), RATE)).toBeCloseTo(0.5, 6)
})

describe('random numbers', () => {
  test('come again with the same seeds and differ with any other', () => {
    const take = (...seeds: number[]) => {
      const random = new Random(...seeds)
      return Array.from({ length: 5 }, () => random.next())
    }
    expect(take(1, 2)).toEqual(take(1, 2))
    const others = [take(1, 2), take(2, 1), take(1), take(1, 3), take(1, 2, 0)]
    expect(new Set(others.map(String)).size).toBe(5)
  })

  test('are spread as they should be, also over neighbouring seeds', () => {
    const firsts = Array.from({ length: 4000 }, (_, seed) => new Random(7, seed).next())
    const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(average(firsts)).toBeCloseTo(0.5, 1)
    expect(average(firsts.map((value) => (value - 0.5) ** 2))).toBeCloseTo(1 / 12, 2)
    const random = new Random(7)
    const normals = Array.from({ length: 4000 }, () => random.normal())
    expect(Math.abs(average(normals))).toBeLessThan(0.06)
    expect(average(normals.map((value) => value ** 2))).toBeCloseTo(1, 0)
  })
})

test.each([0.2, 0.5, 1])("a room's answer falls by 60 dB in %s s, and begins after the sound", (decay) => {
  const click = new Float32Array(RATE)
  click[100] = 1
  const answer = reverberation(click, RATE, decay, new Random(7))
  expect(answer.findIndex((sample) => sample !== 0)).toBeGreaterThan(100 + 0.008 * RATE)
  const energy = (from: number, to: number) =>
    answer.subarray(from * RATE, to * RATE).reduce((sum, sample) => sum + sample * sample, 0)
  // Between two stretches of the tail; high frequencies fall faster, so that at least as much is gone.
  const [first, second] = [0.1, 0.1 + decay / 4]
  const fallen = 10 * Math.log10(energy(first, first + 0.05) / energy(second, second + 0.05))
  expect(fallen).toBeGreaterThan(13)
  expect(fallen).toBeLessThan(45)
})
