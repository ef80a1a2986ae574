import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fourier, powerOfTwo } from '../../src/frontend/fourier.ts'
import {
  channelFrequencies,
  type FrontendDescription,
  filterbanks,
  frequencyResponses,
  geometryOf,
  halfHeight,
  preset,
} from '../../src/frontend/index.ts'
import { noise } from '../browser/signal.ts'
import { filteredNames } from './filtered.ts'

test('the transform is what its sum says, and its inverse leads back', () => {
  for (const points of [1, 2, 8, 64]) {
    const [real, imaginary] = [Float64Array.from(noise(1, points)), Float64Array.from(noise(2, points))]
    const [re, im] = [real.slice(), imaginary.slice()]
    const fourier = new Fourier(points)
    fourier.transform(re, im)
    for (let k = 0; k < points; k++) {
      let [sumRe, sumIm] = [0, 0]
      for (let n = 0; n < points; n++) {
        const angle = (-2 * Math.PI * k * n) / points
        sumRe += real[n] * Math.cos(angle) - imaginary[n] * Math.sin(angle)
        sumIm += real[n] * Math.sin(angle) + imaginary[n] * Math.cos(angle)
      }
      expect(re[k]).toBeCloseTo(sumRe, 12)
      expect(im[k]).toBeCloseTo(sumIm, 12)
    }
    fourier.inverse(re, im)
    for (let n = 0; n < points; n++) {
      expect(re[n]).toBeCloseTo(real[n], 12)
      expect(im[n]).toBeCloseTo(imaginary[n], 12)
    }
  }
  expect([1, 2, 3, 401, 512].map(powerOfTwo)).toEqual([1, 2, 4, 512, 512])
})

test('a Gabor filter has the Gaussian response of its equation, of gain 1 at its centre', () => {
  const frontend = preset('leaf')
  if (frontend.filterbank.kind !== 'gabor') throw new Error('the leaf preset has Gabor filters')
  const { center, sigma } = frontend.filterbank
  const { frequencies, powers } = frequencyResponses(frontend)
  for (const channel of [25, 32, 39]) {
    frequencies.forEach((frequency, i) => {
      const omega = (2 * Math.PI * frequency) / frontend.sampleRate
      // A tone is heard at its own and at the opposite frequency, and beyond half the sample rate from the other side.
      const power = [omega, -omega, omega - 2 * Math.PI, 2 * Math.PI - omega].reduce(
        (sum, at) => sum + Math.exp(-((sigma[channel] * (at - center[channel])) ** 2)),
        0,
      )
      expect(powers[channel][i]).toBeCloseTo(power, 4)
    })
  }
})

test('a sinc filter passes its band evenly and stops the rest', () => {
  const frontend = preset('sincnet')
  if (frontend.filterbank.kind !== 'sinc') throw new Error('the sincnet preset has sinc filters')
  const { frequencies, powers } = frequencyResponses(frontend)
  const channel = 30
  const low = 50 + frontend.filterbank.low[channel]
  const high = low + 50 + frontend.filterbank.band[channel]
  const gain = frontend.sampleRate / (2 * (high - low))
  frequencies.forEach((frequency, i) => {
    const amplitude = Math.sqrt(powers[channel][i]) / gain
    if (frequency > low + 60 && frequency < high - 60) expect(Math.abs(amplitude - 1)).toBeLessThan(0.01)
    if (frequency < low - 80 || frequency > high + 80) expect(amplitude).toBeLessThan(0.01)
  })
})

test('mel filters respond with their weights', () => {
  const frontend = preset('mel-log')
  if (frontend.filterbank.kind !== 'mel') throw new Error('the mel preset has mel filters')
  const { frequencies, powers } = frequencyResponses(frontend)
  expect(powers).toEqual(filterbanks.mel.matrix(frontend.filterbank, geometryOf(frontend)))
  expect(frequencies.length).toBe(powers[0].length)
  expect(frequencies.at(-1)).toBe(8000)
})

test.each(filteredNames)('%s: some channels respond as they do among all', (name) => {
  const frontend = preset(name)
  const all = frequencyResponses(frontend)
  const some = frequencyResponses(frontend, [31, 4])
  expect(some.frequencies).toEqual(all.frequencies)
  expect(some.powers).toEqual([all.powers[31], all.powers[4]])
})

test('the centre of free taps is where a tone leaves most, among 512 frequencies', () => {
  const taps = (seed: number) => [1, 2, 3].map((n) => Array.from(noise(10 * seed + n, 601)))
  const filterbank = { kind: 'free', real: taps(1), imaginary: taps(2) } as const
  const frontend: FrontendDescription = {
    ...preset('time-domain', { channels: 3 }),
    windowMs: 37.5,
    filterbank,
  }
  const power = (row: readonly number[], frequency: number) => {
    let [re, im] = [0, 0]
    row.forEach((tap, j) => {
      re += tap * Math.cos((2 * Math.PI * frequency * j) / 16000)
      im += tap * Math.sin((2 * Math.PI * frequency * j) / 16000)
    })
    return re * re + im * im
  }
  channelFrequencies(frontend).forEach((found, n) => {
    const powers = Array.from(
      { length: 512 },
      (_, bin) => power(filterbank.real[n], bin * 15.625) + power(filterbank.imaginary[n], bin * 15.625),
    )
    expect(found).toBe(powers.indexOf(Math.max(...powers)) * 15.625)
  })
})

test('half height: of a triangle half its base, up to the ends, and nothing of nothing', () => {
  const triangle = [0, 0, 1, 2, 3, 4, 3, 2, 1, 0]
  expect(halfHeight([...triangle.keys()], triangle)).toEqual({ low: 3, high: 7 })
  expect(halfHeight([10, 20, 30], [4, 3, 1])).toEqual({ low: 10, high: 25 })
  expect(halfHeight([10, 20, 30], [1, 1, 1])).toEqual({ low: 10, high: 30 })
  expect(halfHeight([10, 20, 30], [0, 0, 0])).toEqual({ low: 10, high: 10 })
})

test('half height: of any bell between its samples, to a hundredth of the width', () => {
  const bell = fc.record({
    middle: fc.double({ min: 40, max: 60, noNaN: true }),
    spread: fc.double({ min: 4, max: 12, noNaN: true }),
  })
  fc.assert(
    fc.property(bell, ({ middle, spread }) => {
      const positions = Float64Array.from({ length: 101 }, (_, i) => i)
      const { low, high } = halfHeight(
        positions,
        positions.map((x) => Math.exp(-0.5 * ((x - middle) / spread) ** 2)),
      )
      const width = 2 * spread * Math.sqrt(2 * Math.LN2)
      expect(Math.abs(high - low - width)).toBeLessThan(0.02 * width)
    }),
  )
})
