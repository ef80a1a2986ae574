import { expect, test } from 'vitest'
import {
  type Features,
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

test('the sinc filters start where the official initialisation does', () => {
  const { filterbank } = preset('sincnet')
  if (filterbank.kind !== 'sinc') throw new Error('the sincnet preset has sinc filters')
  const [low, band] = [0, 1].map((column) => frontends.sinc_init.map((edge) => edge[column]))
  expect(largestDifference(filterbank.low, low)).toBeLessThan(1e-9)
  expect(largestDifference(filterbank.band, band)).toBeLessThan(1e-9)
})

const { features } = frontends

const independent: [string, Golden, () => Features][] = [
  ['leaf energies', features.leaf_energy, () => pooledEnergies(preset('leaf'), goldenSignal(16000))],
  ...(
    [
      ['leaf', features.leaf],
      ['mel-log', features.mel_log],
      ['mel-pcen', features.mel_pcen],
      ['mel-cubic-root', features.mel_cubic],
      ['mel-tenth-root', features.mel_root10],
      ['time-domain', features.tdfbanks],
      ['sincnet', features.sincnet],
      ['sincnet-plus', features.sincnet_plus],
    ] as const
  ).map(([name, golden]): [string, Golden, () => Features] => [
    name,
    golden,
    () => reference(preset(name), goldenSignal(16000)),
  ]),
]

test.each(independent)('%s equals an independent float64 implementation to 1e-9', (_, golden, compute) => {
  const features = compute()
  expect([features.frames, features.channels]).toEqual(golden.shape)
  for (const [frame, expected] of [
    [0, golden.frame0],
    [10, golden.frame10],
    [50, golden.frame50],
    [features.frames - 1, golden.last],
  ] as const) {
    expect(largestDifference(row(features, frame), expected)).toBeLessThan(1e-9)
  }
  const mean = features.values.reduce((sum, value) => sum + value, 0) / features.values.length
  expect(mean).toBeCloseTo(golden.mean, 9)
})

/** The taps of the time-domain filters are too many for the file: they are the preset's. */
function descriptionOf(name: keyof typeof official.cases): FrontendDescription {
  if (name === 'time-domain-initial') return preset('time-domain')
  return parseFrontend(official.cases[name].description)
}

const cases = Object.keys(official.cases) as (keyof typeof official.cases)[]

test.each(cases)('%s equals what the official TensorFlow code computed', (name) => {
  const golden = official.cases[name]
  const features = reference(descriptionOf(name), goldenSignal(golden.samples))
  expect(features.frames).toBe(golden.frames)
  for (const [frame, expected] of Object.entries(golden.features)) {
    const tolerance = 1e-4 * Math.max(1, ...expected.map(Math.abs))
    expect(largestDifference(row(features, Number(frame)), expected)).toBeLessThan(tolerance)
  }
})
