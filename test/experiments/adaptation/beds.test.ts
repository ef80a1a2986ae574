import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readManifest } from '../../../src/learning/data/manifest.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { noise } from '../../../src/learning/sound/sound.ts'
import { tone, toneFolder, wav } from '../../learning/tone-folder.ts'
import { bedsOf, noiseOf } from './beds.ts'

const RATE = 16000
const data = toneFolder(8)
const manifest = readManifest(data)
const level = (sound: Float32Array) =>
  Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length)

describe('the two times of a room', () => {
  test('are two stretches of a computed noise', async () => {
    const { adapting, measuring } = await bedsOf(noiseOf('pink', manifest), manifest, RATE)
    expect([adapting.length, measuring.length]).toEqual([20 * RATE, 20 * RATE])
    const product = adapting.reduce((sum, sample, i) => sum + sample * measuring[i], 0) / adapting.length
    expect(Math.abs(product)).toBeLessThan(0.1)
    const again = await bedsOf(noiseOf('pink', manifest), manifest, RATE)
    expect(again.measuring.subarray(0, 100)).toEqual(measuring.subarray(0, 100))
  })

  test('are every other clip that a label has in valid, of one level, joined without a gap', async () => {
    const { adapting, measuring } = await bedsOf(noiseOf('low', manifest), manifest, RATE)
    const clips = manifest.rows.filter(({ split, labels }) => split === 'valid' && labels.includes(1))
    expect(clips).toHaveLength(4)
    // Clips 0, 2, 4, 6 of valid, 0.05 s longer each; two joins of 0.02 s.
    expect(adapting).toHaveLength(16000 + 16000 + 4 * 800 - 640)
    expect(measuring).toHaveLength(16000 + 2 * 800 + 16000 + 6 * 800 - 640)
    for (let start = 0; start + 800 < adapting.length; start += 800) {
      const quiet = level(adapting.subarray(start, start + 800))
      expect(quiet).toBeGreaterThan(0.4)
      expect(quiet).toBeLessThan(1.5)
    }
  })

  test('have the same power where pieces are joined, the last to the first as well', async () => {
    const path = join(data, 'rain.wav')
    const rain = noise(8 * RATE, 'white', new Random(5)).map((sample) => 0.1 * sample)
    writeFileSync(path, wav(rain, RATE))
    const { measuring } = await bedsOf(noiseOf(path, manifest), manifest, RATE)
    expect(measuring).toHaveLength(2 * (2 * RATE - 320))
    for (const start of [0, measuring.length / 2]) {
      expect(Math.abs(level(measuring.subarray(start, start + 320)) - 1)).toBeLessThan(0.15)
    }
  })

  test('are every other two seconds of a recording', async () => {
    const path = join(data, 'four tones.wav')
    const pieces = [500, 1000, 2000, 4000].map((frequency) => tone(frequency, 2 * RATE, 1))
    const whole = new Float32Array(4 * 2 * RATE + 900)
    pieces.forEach((piece, i) => whole.set(piece, i * piece.length))
    writeFileSync(path, wav(whole, RATE))
    const room = noiseOf(path, manifest)
    expect(room.name).toBe('four tones')
    const { adapting, measuring } = await bedsOf(room, manifest, RATE)
    // Of a tone this long the sign changes twice a period.
    const crossings = (bed: Float32Array, from: number) =>
      bed
        .subarray(from, from + RATE)
        .reduce((sum, x, i, some) => sum + (i > 0 && x * some[i - 1] < 0 ? 1 : 0), 0)
    const frequencies = [adapting, measuring].map((bed) =>
      [RATE / 2, 2.5 * RATE].map((from) => Math.round(crossings(bed, from) / 2 / 100) * 100),
    )
    expect(frequencies).toEqual([
      [500, 2000],
      [1000, 4000],
    ])
  })
})

test('refuses what is no noise, and what is too short for two times', async () => {
  expect(() => noiseOf('purple', manifest)).toThrow('"purple" is no noise')
  const path = join(data, 'short.wav')
  writeFileSync(path, wav(tone(500, 7 * RATE, 1), RATE))
  await expect(bedsOf(noiseOf(path, manifest), manifest, RATE)).rejects.toThrow('"short" has 3 pieces')
  writeFileSync(path, wav(new Float32Array(20 * RATE), RATE))
  await expect(bedsOf(noiseOf(path, manifest), manifest, RATE)).rejects.toThrow('"short" has 0 pieces')
})
