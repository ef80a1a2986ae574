import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  channelFrequencies,
  filterbanks,
  geometryOf,
  parseFrontend,
  pooledEnergies,
  preset,
  reference,
  summaryOf,
} from '../../src/frontend/index.ts'
import { seeded } from '../engine/signals.ts'

const { short } = filterbanks

/** The preset's filters, which are short ones. */
function tapsOf(options: Parameters<typeof preset>[1]): readonly (readonly number[])[] {
  const { filterbank } = preset('short-filters', options)
  if (filterbank.kind !== 'short') throw new Error('the short-filters preset has short filters')
  return filterbank.taps
}

test('features are those of a direct convolution, rectified, pooled under a Gaussian, their logarithm', () => {
  const frontend = preset('short-filters', { channels: 3 })
  const taps = tapsOf({ channels: 3 })
  const random = seeded(4)
  const sound = Float64Array.from({ length: 700 }, () => random() - 0.5)
  const { frames, values } = reference(frontend, sound)
  expect(frames).toBe(5)
  taps.forEach((row, n) => {
    const outputs = sound.map((_, t) =>
      Math.max(
        0,
        row.reduce((sum, tap, j) => sum + tap * (sound[t + j - 16] ?? 0), 0),
      ),
    )
    for (let i = 0; i < frames; i++) {
      let pooled = 0
      for (let k = -200; k <= 200; k++)
        pooled += Math.exp(-0.5 * (k / (0.4 * 200)) ** 2) * (outputs[i * 160 + 80 + k] ?? 0)
      expect(Math.abs(values[i * 3 + n] - Math.log(pooled + Math.sqrt(1e-5)))).toBeLessThan(1e-12)
    }
  })
})

test('filters last 2 ms about the middle of the window, or as long as the window does', () => {
  const sizes = fc.record({
    sampleRate: fc.integer({ min: 4000, max: 192000 }),
    windowLength: fc.integer({ min: 1, max: 500 }),
  })
  fc.assert(
    fc.property(sizes, (size) => {
      const geometry = { ...size, hop: 1, channels: 2, poolingLeft: 0, partialFrames: true }
      const start = short.initial(geometry)
      const { real, imaginary } = short.impulseResponses(start, geometry)
      const half = Math.min(Math.round(size.sampleRate / 1000), Math.floor((size.windowLength - 1) / 2))
      const first = Math.floor(size.windowLength / 2) - half
      real.forEach((row, n) => {
        expect([...row.subarray(first, first + 2 * half + 1)]).toEqual(start.taps[n])
        const around = [...row.subarray(0, first), ...row.subarray(first + 2 * half + 1), ...imaginary[n]]
        expect(around.every((tap) => tap === 0)).toBe(true)
      })
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('the start is drawn by the minimal standard generator, uniformly within ±1 / √33', () => {
  const taps = tapsOf({ channels: 512 }).flat()
  const largest = 1 / Math.sqrt(33)
  expect(taps).toHaveLength(512 * 33)
  // The C++ standard tells the ten-thousandth number of `minstd_rand`, [rand.predef].
  const told = largest * (2 * (399268537 / (2 ** 31 - 1)) - 1)
  expect(taps.filter((tap) => Math.abs(tap - told) < 1e-14)).toHaveLength(1)
  const tenths = new Array<number>(10).fill(0)
  for (const tap of taps) tenths[Math.floor(5 * (tap / largest + 1))]++
  expect(tenths).toHaveLength(10)
  // Six standard deviations of the count in a tenth.
  for (const count of tenths) expect(Math.abs(count - 1689.6)).toBeLessThan(6 * Math.sqrt(1689.6 * 0.9))
})

test('fewer filters are the first that are drawn, in the order of their frequencies', () => {
  const many = new Set(tapsOf({ channels: 128 }).map((row) => row.join()))
  expect(tapsOf({ channels: 40 }).every((row) => many.has(row.join()))).toBe(true)
  const centers = channelFrequencies(preset('short-filters', { channels: 128 }))
  expect([...centers].sort((one, other) => one - other)).toEqual([...centers])
})

test('a filter that is a tone under a bell has its frequency', () => {
  const frontend = preset('short-filters', { channels: 1 })
  const bell = (t: number) => Math.exp(-0.5 * (t / 5) ** 2)
  for (const hertz of [1500, 3000, 6000]) {
    const row = Array.from(
      { length: 33 },
      (_, j) => bell(j - 16) * Math.cos((2 * Math.PI * hertz * (j - 16)) / 16000),
    )
    const filterbank = { kind: 'short', taps: [row] } as const
    const geometry = geometryOf(frontend)
    expect(Math.abs(short.centerFrequencies(filterbank, geometry)[0] - hertz)).toBeLessThan(16)
    // Half the amplitude of exp(-½ (ωσ)²), to both sides.
    const width = (Math.sqrt(2 * Math.log(2)) / 5 / Math.PI) * 16000
    expect(Math.abs(short.bandwidths(filterbank, geometry)[0] / width - 1)).toBeLessThan(0.01)
  }
})

test('what is rectified needs no floor for a logarithm: silence is its offset', () => {
  const frontend = parseFrontend({ ...preset('short-filters', { channels: 2 }), energyFloor: 0 })
  expect(pooledEnergies(frontend, new Float64Array(400)).values.every((value) => value === 0)).toBe(true)
  for (const value of reference(frontend, new Float64Array(400)).values)
    expect(value).toBeCloseTo(Math.log(Math.sqrt(1e-5)), 12)
})

test('in words: how many taps, and where', () => {
  expect(summaryOf(preset('short-filters', { channels: 1, sampleRate: 8000 }), 'filterbank')).toMatch(
    /^short: 17 taps each, centres \d+(\.\d+)? Hz$/,
  )
})
