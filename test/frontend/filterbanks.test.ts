import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  channelFrequencies,
  filterbanks,
  type Geometry,
  geometryOf,
  preset,
  sigmaBounds,
  type TapFamily,
  type TapFilterbank,
} from '../../src/frontend/index.ts'
import { filteredNames, tapNames } from './filtered.ts'

const RATES = [8000, 11025, 16000, 22050, 44100, 48000]

const sizes = (windowLength: number, sampleRate = 16000, channels = 1): Geometry => ({
  sampleRate,
  windowLength,
  hop: 160,
  channels,
  poolingLeft: 120,
  partialFrames: true,
})

/** Magnitude of Σ g(t) exp(-2πi f t / rate), what a filter of these taps makes of a tone. */
function gain(
  real: ArrayLike<number>,
  imaginary: ArrayLike<number>,
  frequency: number,
  rate: number,
): number {
  let re = 0
  let im = 0
  for (let j = 0; j < real.length; j++) {
    const angle = (2 * Math.PI * frequency * j) / rate
    re += real[j] * Math.cos(angle) + imaginary[j] * Math.sin(angle)
    im += imaginary[j] * Math.cos(angle) - real[j] * Math.sin(angle)
  }
  return Math.hypot(re, im)
}

describe.each(RATES)('at %i Hz', (sampleRate) => {
  test.each(tapNames)(
    'the filters of %s are K finite taps each, and pass their own frequency best',
    (name) => {
      const frontend = preset(name, { sampleRate, channels: 12 })
      const geometry = geometryOf(frontend)
      const family: TapFamily<TapFilterbank> = filterbanks[(frontend.filterbank as TapFilterbank).kind]
      const { real, imaginary } = family.impulseResponses(frontend.filterbank as TapFilterbank, geometry)
      const centers = channelFrequencies(frontend)
      expect(real.length).toBe(12)
      real.forEach((row, n) => {
        expect([row.length, imaginary[n].length]).toEqual([geometry.windowLength, geometry.windowLength])
        expect(row.every(Number.isFinite) && imaginary[n].every(Number.isFinite)).toBe(true)
        expect(family.complex || imaginary[n].every((tap) => tap === 0)).toBe(true)
        const own = gain(row, imaginary[n], centers[n], sampleRate)
        for (const other of centers) {
          const distant = Math.abs(other - centers[n]) > 0.25 * centers[n]
          if (distant) expect(gain(row, imaginary[n], other, sampleRate)).toBeLessThan(own)
        }
      })
    },
  )
})

test.each(filteredNames)('the channels of %s are named by rising frequencies', (name) => {
  const centers = channelFrequencies(preset(name))
  expect(centers[0]).toBeGreaterThan(40)
  expect(centers[39]).toBeLessThan(8000)
  // Filters from chance may share one of the frequencies that are looked at.
  const least = name === 'short-filters' ? -1e-9 : 0
  centers.forEach((center, n) => expect(center - (n > 0 ? centers[n - 1] : 0)).toBeGreaterThan(least))
})

test('Gabor filters are what the equation says, to 1e-12 of their peak', () => {
  const anyLength = fc.constantFrom(5, 401, 552, 1201)
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(anyLength, share, share, (windowLength, a, b) => {
      const bounds = sigmaBounds(windowLength)
      const mu = a * Math.PI
      const sigma = bounds.min * (bounds.max / bounds.min) ** b
      const filterbank = { kind: 'gabor', center: [mu], sigma: [sigma] } as const
      const { real, imaginary } = filterbanks.gabor.impulseResponses(filterbank, sizes(windowLength))
      const peak = 1 / (Math.sqrt(2 * Math.PI) * sigma)
      real[0].forEach((tap, j) => {
        const t = j - Math.floor(windowLength / 2)
        const envelope = peak * Math.exp((-t * t) / (2 * sigma * sigma))
        expect(Math.abs(tap - envelope * Math.cos(mu * t))).toBeLessThan(1e-12 * peak)
        expect(Math.abs(imaginary[0][j] - envelope * Math.sin(mu * t))).toBeLessThan(1e-12 * peak)
      })
    }),
    { seed: 1, numRuns: 100 },
  )
})

describe('sinc filters', () => {
  const taps = (low: number, band: number, windowLength = 401, rate = 16000) =>
    filterbanks.sinc.impulseResponses({ kind: 'sinc', low: [low], band: [band] }, sizes(windowLength, rate))
      .real[0]

  /** As the official code writes it down. */
  function official(low: number, band: number, windowLength: number, rate: number): number[] {
    const lower = 50 + Math.abs(low)
    const upper = Math.min(Math.max(lower + 50 + Math.abs(band), 50), rate / 2)
    const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
    const times = Array.from({ length: windowLength }, (_, n) => (n - Math.floor(windowLength / 2)) / rate)
    const pass = times.map((t) => 2 * upper * sinc(2 * upper * t) - 2 * lower * sinc(2 * lower * t))
    const largest = Math.max(...pass)
    return pass.map(
      (value, n) => (value / largest) * (0.54 - 0.46 * Math.cos((2 * Math.PI * n) / windowLength)),
    )
  }

  test('are the official formula, edges that have passed each other included', () => {
    const share = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        fc.constantFrom(...RATES),
        fc.constantFrom(201, 401, 552),
        share,
        share,
        (rate, length, a, b) => {
          const low = 0.74 * rate * a
          const band = 0.5 * rate * b
          // Within a hertz of nothing between the edges the official formula is nothing over nothing.
          fc.pre(Math.abs(rate / 2 - 50 - Math.abs(low)) > 1)
          const expected = official(low, band, length, rate)
          taps(low, band, length, rate).forEach((tap, j) => {
            expect(Math.abs(tap - expected[j])).toBeLessThan(1e-8)
          })
        },
      ),
      { seed: 1, numRuns: 200 },
    )
  })

  test('of no width are a tone, not a division by nothing', () => {
    const lone = taps(7950, 0)
    expect(lone.every(Number.isFinite)).toBe(true)
    expect(lone[200]).toBeCloseTo(1, 4)
    expect(lone[201]).toBeCloseTo(-1, 3)
  })

  test('of an even number of taps have time 0 at tap K // 2', () => {
    const even = taps(500, 300, 552, 22050)
    expect(even.length).toBe(552)
    expect(even.indexOf(Math.max(...even))).toBe(276)
  })

  test('of a narrow band move with their lower edge as the formula does, without its cancellation', () => {
    const geometry = sizes(401)
    const real = new Float64Array(401)
    real[400] = 1
    // The upper edge is held at 8000 Hz.
    for (const [width, digits] of [
      [12, 9],
      [5, 9],
      [0.0001, 6],
    ]) {
      const filterbank = { kind: 'sinc', low: [7950 - width], band: [100] } as const
      const [[gradient]] = filterbanks.sinc.gradient(
        filterbank,
        { real: [real], imaginary: [real] },
        geometry,
      )
      const t = 200 / 16000
      const x = Math.PI * width * t
      const phase = Math.PI * (16000 - width) * t
      // (x cos x - sin x) / x², from its series' first terms where the band is too narrow for it.
      const slope = x > 0.1 ? (x * Math.cos(x) - Math.sin(x)) / (x * x) : -x / 3 + x ** 3 / 30 - x ** 5 / 840
      const shape = -slope * Math.cos(phase) - (Math.sin(x) / x) * Math.sin(phase)
      const window = 0.54 - 0.46 * Math.cos((2 * Math.PI * 400) / 401)
      expect(gradient / (Math.PI * t * window * shape)).toBeCloseTo(1, digits)
    }
  })

  test('do not care for signs', () => {
    expect(taps(-500, -300)).toEqual(taps(500, 300))
  })
})

describe('gammatone filters', () => {
  const rates = fc.constantFrom(...RATES)
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const order = fc.integer({ min: 1, max: 8 })

  test('have a gain of 1 at the centre, at any order and bandwidth', () => {
    fc.assert(
      fc.property(rates, order, share, share, (sampleRate, p, a, b) => {
        const geometry = sizes(Math.floor(sampleRate / 40) + 1, sampleRate)
        const description = {
          kind: 'gammatone',
          center: [(a * sampleRate) / 2],
          bandwidth: [0],
          order: p,
        } as const
        const { min, max } = filterbanks.gammatone.parameters(description, geometry)[1].bounds
        const filterbank = { ...description, bandwidth: [min + (max - min) * b] }
        const { real, imaginary } = filterbanks.gammatone.impulseResponses(filterbank, geometry)
        expect(gain(real[0], imaginary[0], description.center[0], sampleRate)).toBeCloseTo(1, 9)
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  test('start with the bandwidths of the ear', () => {
    const { filterbank } = preset('gammatone')
    if (filterbank.kind !== 'gammatone') throw new Error('the gammatone preset has gammatone filters')
    expect(filterbank.order).toBe(4)
    expect(filterbank.center[0]).toBeCloseTo(93.75, 9)
    expect(filterbank.bandwidth[0]).toBeCloseTo(1.019 * (24.7 + 0.108 * 93.75), 9)
  })

  test('answer a click by a fast rise, a peak on the click and a slow decay, t^3 exp(-2πbt)', () => {
    const geometry = sizes(401)
    const filterbank = { kind: 'gammatone', center: [3000], bandwidth: [350], order: 4 } as const
    const { real, imaginary } = filterbanks.gammatone.impulseResponses(filterbank, geometry)
    // Correlation with a click at sample 0: the output at sample n is tap K // 2 - n.
    const answer = (n: number) => Math.hypot(real[0][200 - n], imaginary[0][200 - n])
    const decay = (2 * Math.PI * 350) / 16000
    const rise = 3 / decay
    const envelope = (n: number) => Math.max(0, n + rise) ** 3 * Math.exp(-decay * (n + rise))
    for (let n = -200; n <= 200; n++) {
      expect(answer(n) / answer(0)).toBeCloseTo(envelope(n) / envelope(0), 12)
    }
    expect(answer(-15)).toBeLessThan(answer(15))
  })
})
