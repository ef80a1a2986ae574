import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ClipResampler } from '../../../src/learning/data/clip-resampler.ts'
import { Random } from '../../../src/learning/random/index.ts'
import { noise } from '../../../src/learning/sound/index.ts'
import { resampleReference } from '../../../src/plan/resample-reference.ts'
import { tone } from '../tone-folder.ts'

const RATE = 16000
const resampler = new ClipResampler(RATE)

describe('resampling of clips', () => {
  test.each([8000, 11025, 22050, 44100, 48000])(
    'a tone from %d Hz arrives at the same pitch and level',
    (rate) => {
      const pure = (length: number, at: number) =>
        Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * 1000 * i) / at))
      const result = resampler.resample(pure(rate, rate), rate)
      const expected = pure(RATE, RATE)
      expect(result).toHaveLength(RATE)
      const errors = result.map((sample, i) => Math.abs(sample - expected[i]))
      expect(Math.max(...errors.subarray(200, RATE - 200))).toBeLessThan(1e-3)
    },
  )

  test('of any rate and length is that of the reference, whatever was resampled before', () => {
    const rate = fc.constantFrom(8000, 16001, 22050, 44099, 44100, 48000, 192000)
    fc.assert(
      fc.property(rate, fc.integer({ min: 0, max: 5000 }), (inputRate, length) => {
        const clip = noise(length, 'white', new Random(length)).map((sample) => 0.2 * sample)
        const result = resampler.resample(clip, inputRate)
        const expected = resampleReference(clip, inputRate, RATE)
        expect(result).toHaveLength(expected.length)
        const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - result[i])), 0)
        // Between the 512 rows of a table the kernel interpolates.
        expect(worst).toBeLessThan(2e-5)
      }),
      // The first two take several blocks.
      {
        numRuns: 12,
        examples: [
          [48000, 40000],
          [44099, 17000],
        ],
      },
    )
  })

  test('does nothing at equal rates', () => {
    const sound = tone(500, 100, 1)
    expect(resampler.resample(sound, RATE)).toBe(sound)
  })
})
