import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type FrontendDescription,
  filterbanks,
  geometryOf,
  parametersOf,
  parseFrontend,
  pooledEnergies,
  preset,
  reference,
  summaryOf,
  withParameters,
} from '../../src/frontend/index.ts'
import { seeded, signals } from '../engine/signals.ts'

const RATES = [4000, 8000, 11025, 16000, 22050, 44100, 48000, 192000]
const sizes = fc.record({
  sampleRate: fc.constantFrom(...RATES),
  channels: fc.constantFrom(1, 2, 3, 13, 40, 128, 512),
})

function matrixOf({ filterbank, ...frontend }: FrontendDescription): readonly Float64Array[] {
  if (filterbank.kind !== 'free-mel') throw new Error('the mel-learned preset has free mel filters')
  return filterbanks['free-mel'].matrix(filterbank, geometryOf({ filterbank, ...frontend }))
}

const learned = (frontend: FrontendDescription, values: ArrayLike<number>) =>
  withParameters(frontend, () => [values], ['filterbank'])

test('energies are exp(θ) times the power spectrum, summed over each band: a direct transform of each frame', () => {
  const start = preset('mel-learned', { channels: 9 })
  const random = seeded(8)
  const [{ values, bounds }] = parametersOf(start, 'filterbank')
  const theta = values.map(() => bounds.min + (bounds.max - bounds.min) * random())
  const bins = values.length / 9
  const sound = Float64Array.from({ length: 900 }, () => random() - 0.5)
  const { values: energies, frames } = pooledEnergies(learned(start, theta), sound)
  expect(frames).toBe(6)
  // HTK's mel: eleven points from 60 to 7800 Hz, filters about the inner nine.
  const mel = (hertz: number) => 1127 * Math.log(1 + hertz / 700)
  for (let n = 0; n < 9; n++) {
    const point = mel(60) + ((n + 1) * (mel(7800) - mel(60))) / 10
    const center = Math.round((700 * (Math.exp(point / 1127) - 1) * 512) / 16000)
    const first = Math.min(Math.max(center - bins / 2, 1), 257 - bins)
    for (let i = 0; i < frames; i++) {
      let expected = 0
      for (let k = 0; k < bins; k++) {
        let [re, im] = [0, 0]
        for (let t = 0; t < 401 && i * 160 + t < 900; t++) {
          const sample = sound[i * 160 + t] * (0.5 - 0.5 * Math.cos((2 * Math.PI * t) / 400))
          re += sample * Math.cos((2 * Math.PI * (first + k) * t) / 512)
          im -= sample * Math.sin((2 * Math.PI * (first + k) * t) / 512)
        }
        expected += Math.exp(theta[n * bins + k]) * (re * re + im * im)
      }
      expect(Math.abs(energies[i * 9 + n] / expected - 1)).toBeLessThan(1e-9)
    }
  }
})

describe('the start', () => {
  test('is the mel filters at any size, and −60 dB in the rest of each band', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const frontend = preset('mel-learned', size)
        const geometry = geometryOf(frontend)
        const mel = filterbanks.mel.matrix(filterbanks.mel.initial(geometry), geometry)
        const rows = matrixOf(frontend)
        rows.forEach((row, n) => {
          expect(row.length).toBe(mel[n].length)
          // Bins that a mel filter hears and the band lacks would be far off here.
          const least = row.map((weight, bin) => (weight > 0 ? Math.max(mel[n][bin], 1e-6) : mel[n][bin]))
          expect(row.every((weight, bin) => Math.abs(weight - least[bin]) <= 1e-12 * least[bin])).toBe(true)
          expect(row[0]).toBe(0)
        })
        const heard = (row: Float64Array) => row.filter((weight) => weight > 0).length
        const widest = Math.max(...mel.map(heard))
        expect(new Set(rows.map(heard)).size).toBe(1)
        expect(heard(rows[0])).toBeGreaterThanOrEqual(Math.min(2 * widest, mel[0].length - 1))
      }),
      { seed: 1, numRuns: 40 },
    )
  })

  test('has the features of mel-log on speech, to 0.1', () => {
    const speech = signals.speech.subarray(0, 8000)
    const { values } = reference(preset('mel-learned'), speech)
    reference(preset('mel-log'), speech).values.forEach((feature, i) => {
      expect(Math.abs(values[i] - feature)).toBeLessThan(0.1)
    })
  })
})

describe('whatever is learned', () => {
  const start = preset('mel-learned', { channels: 13, sampleRate: 8000 })
  const [{ values, bounds }] = parametersOf(start, 'filterbank')
  const before = matrixOf(start)
  /** Any numbers, in turn. */
  const theta = fc
    .array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 40 })
    .map((some) => values.map((_, i) => some[i % some.length]))

  test('weights stay positive and finite, of the same bins, and the description valid', () => {
    fc.assert(
      fc.property(theta, (drawn) => {
        const frontend = learned(start, drawn)
        expect(parseFrontend(frontend)).toEqual(frontend)
        const rows = matrixOf(frontend)
        rows.forEach((row, n) => {
          expect(row.every((weight, bin) => weight > 0 === before[n][bin] > 0)).toBe(true)
          expect(row.every((weight) => weight >= 0 && weight <= Math.exp(bounds.max) * (1 + 1e-12))).toBe(
            true,
          )
        })
        const [{ values: moved }] = parametersOf(frontend, 'filterbank')
        expect(moved).toEqual(drawn.map((value) => Math.min(Math.max(value, bounds.min), bounds.max)))
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  test('a centre is where its weights are: all of a channel in one bin', () => {
    const bins = values.length / 13
    for (const bin of [0, 7, bins - 1]) {
      const lone = values.map((_, i) => (i % bins === bin ? bounds.max : bounds.min))
      const frontend = learned(start, lone)
      const centers = filterbanks['free-mel'].centerFrequencies(
        frontend.filterbank as Parameters<(typeof filterbanks)['free-mel']['matrix']>[0],
        geometryOf(frontend),
      )
      matrixOf(frontend).forEach((row, n) => {
        const largest = row.indexOf(Math.max(...row))
        expect(centers[n]).toBeCloseTo((largest * 8000) / 512, 4)
      })
    }
  })

  test('a weight that is not a number is refused by its name', () => {
    expect(() => learned(start, values.with(5, Number.NaN))).toThrow(/logWeights\[5\] became NaN/)
  })
})

test('in words: how many weights, and where', () => {
  expect(summaryOf(preset('mel-learned'), 'filterbank')).toBe(
    'free-mel: centres 106.1 to 7321 Hz, 62 learned weights each, within 31.25 to 8000 Hz',
  )
})
