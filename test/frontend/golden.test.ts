import { expect, test } from 'vitest'
import {
  type FrontendDescription,
  parseFrontend,
  pooledEnergies,
  preset,
  reference,
} from '../../src/frontend/index.ts'
import frontends from '../golden/frontends.json' with { type: 'json' }
import official from '../golden/official.json' with { type: 'json' }
import { goldenSignal } from '../golden/signal.ts'

type Golden = {
  shape: number[]
  mean: number
  frame0: number[]
  frame10: number[]
  frame50: number[]
  last: number[]
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length)
  return Math.max(...Array.from(expected, (value, i) => Math.abs(actual[i] - value)))
}

function row(features: { channels: number; values: Float64Array }, frame: number): Float64Array {
  return features.values.subarray(frame * features.channels, (frame + 1) * features.channels)
}

test('the golden signal is the one the golden files were made from', () => {
  const signal = goldenSignal(16000)
  expect(largestDifference(signal.subarray(0, 16), frontends.signal.head)).toBeLessThan(1e-13)
  expect(signal.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(frontends.signal.sumsq, 8)
})

test('the leaf preset starts where the official initialisation does', () => {
  const { filterbank } = preset('leaf')
  if (filterbank.kind !== 'gabor') throw new Error('the leaf preset has Gabor filters')
  expect(
    largestDifference(
      filterbank.center,
      frontends.leaf_init.map(([mu]) => mu),
    ),
  ).toBeLessThan(1e-12)
  expect(
    largestDifference(
      filterbank.sigma,
      frontends.leaf_init.map(([, sigma]) => sigma),
    ),
  ).toBeLessThan(1e-10)
})

const independent: [string, Golden, () => { frames: number; channels: number; values: Float64Array }][] = [
  ['leaf', frontends.features.leaf, () => reference(preset('leaf'), goldenSignal(16000))],
  [
    'leaf energies',
    frontends.features.leaf_energy,
    () => pooledEnergies(preset('leaf'), goldenSignal(16000)),
  ],
  ['mel-log', frontends.features.mel_log, () => reference(preset('mel-log'), goldenSignal(16000))],
]

test.each(independent)('%s equals an independent float64 implementation to 1e-9', (_, golden, compute) => {
  const features = compute()
  expect([features.frames, features.channels]).toEqual(golden.shape)
  for (const [frame, expected] of [
    [0, golden.frame0],
    [10, golden.frame10],
    [50, golden.frame50],
    [99, golden.last],
  ] as const) {
    expect(largestDifference(row(features, frame), expected)).toBeLessThan(1e-9)
  }
  const mean = features.values.reduce((sum, value) => sum + value, 0) / features.values.length
  expect(mean).toBeCloseTo(golden.mean, 9)
})

const cases = ['leaf-initial', 'leaf-random', 'leaf-random-12345-samples', 'leaf-64-initial', 'mel'] as const

test.each(cases)('%s equals what the official TensorFlow code computed', (name) => {
  const golden = official.cases[name]
  const frontend: FrontendDescription = parseFrontend(golden.description)
  const features = reference(frontend, goldenSignal(golden.samples))
  expect(features.frames).toBe(golden.frames)
  for (const [frame, expected] of Object.entries(golden.features)) {
    const tolerance = 1e-4 * Math.max(1, ...expected.map(Math.abs))
    expect(largestDifference(row(features, Number(frame)), expected)).toBeLessThan(tolerance)
  }
})
