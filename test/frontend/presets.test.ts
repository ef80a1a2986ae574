import { expect, test } from 'vitest'
import { type FrontendDescription, type PresetName, preset, presetNames } from '../../src/frontend/index.ts'
import official from '../golden/official.json' with { type: 'json' }
import { filteredNames } from './filtered.ts'

/** Every key with its value, arrays by their lengths. */
function outline(value: unknown): unknown {
  if (Array.isArray(value)) return Array.isArray(value[0]) ? [value.length, value[0].length] : [value.length]
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, outline(entry)]))
}

const alignment = { poolingLeft: 120 }
const squared = { rectifier: 'squared-modulus', alignment }
const mel = {
  ...squared,
  filterbank: { kind: 'mel', fMin: 60, fMax: 7800, fftSize: 512 },
  pooling: { kind: 'none' },
  energyFloor: 0,
}
const gaussian = { pooling: { kind: 'gaussian', width: [40] }, energyFloor: 1e-5 }
const sinc = { filterbank: { kind: 'sinc', low: [40], band: [40] }, rectifier: 'leaky-relu', alignment }
const pcen = (floor: number) => ({
  compression: { kind: 'pcen', alpha: [40], delta: [40], root: [40], smooth: [40], floor },
})

const outlines: Record<PresetName, Record<string, unknown>> = {
  leaf: { ...squared, filterbank: { kind: 'gabor', center: [40], sigma: [40] }, ...gaussian, ...pcen(1e-12) },
  'mel-log': { ...mel, compression: { kind: 'log', offset: 1e-5 } },
  'mel-pcen': { ...mel, ...pcen(1e-6) },
  'mel-cubic-root': { ...mel, compression: { kind: 'root', exponent: 1 / 3 } },
  'mel-tenth-root': { ...mel, compression: { kind: 'root', exponent: 1 / 10 } },
  'mel-learned': {
    ...mel,
    filterbank: { kind: 'free-mel', logWeights: [40, 62] },
    compression: { kind: 'log', offset: 1e-5 },
  },
  'time-domain': {
    filterbank: { kind: 'free', real: [40, 401], imaginary: [40, 401] },
    rectifier: 'squared-modulus',
    pooling: { kind: 'taps', taps: [401] },
    energyFloor: 1e-5,
    compression: { kind: 'log', offset: 1e-5 },
    alignment: { poolingLeft: 0, partialFrames: false },
  },
  sincnet: {
    ...sinc,
    pooling: { kind: 'max' },
    energyFloor: 1e-5,
    compression: { kind: 'layer-norm', gamma: [40], beta: [40], epsilon: 1e-3 },
  },
  'sincnet-plus': { ...sinc, ...gaussian, ...pcen(1e-6) },
  gammatone: {
    ...squared,
    filterbank: { kind: 'gammatone', center: [40], bandwidth: [40], order: 4 },
    ...gaussian,
    ...pcen(1e-12),
  },
  'analytic-sinc': {
    ...squared,
    filterbank: { kind: 'analytic-sinc', low: [40], band: [40] },
    ...gaussian,
    ...pcen(1e-12),
  },
  spline: {
    ...squared,
    filterbank: {
      kind: 'spline',
      center: [40],
      mother: { real: [13], realSlope: [13], imaginary: [13], imaginarySlope: [13] },
    },
    ...gaussian,
    ...pcen(1e-12),
  },
  'short-filters': {
    rectifier: 'relu',
    alignment,
    filterbank: { kind: 'short', taps: [40, 33] },
    ...gaussian,
    compression: { kind: 'log', offset: Math.sqrt(1e-5) },
  },
  yamnet: {
    windowMs: 24.9375,
    channels: 64,
    filterbank: { kind: 'mel', fMin: 125, fMax: 7500, fftSize: 512 },
    rectifier: 'modulus',
    pooling: { kind: 'none' },
    energyFloor: 0,
    compression: { kind: 'log', offset: 1e-3 },
    alignment: { poolingLeft: 0, partialFrames: false },
  },
  samples: {
    windowMs: 10,
    channels: 160,
    filterbank: { kind: 'samples' },
    rectifier: 'none',
    pooling: { kind: 'none' },
    energyFloor: 0,
    compression: { kind: 'none' },
    alignment: { poolingLeft: 0 },
  },
}

test.each(presetNames)('%s has its canonical keys and constants', (name) => {
  const sizes = { sampleRate: 16000, windowMs: 25, hopMs: 10, channels: 40 }
  expect(outline(preset(name))).toEqual({ ...sizes, ...outlines[name] })
})

const initial: [PresetName, unknown][] = [
  ['leaf', official.cases['leaf-initial'].description],
  ['mel-log', official.cases.mel.description],
  ['sincnet', official.cases['sincnet-initial'].description],
  ['sincnet-plus', official.cases['sincnet-plus-initial'].description],
]

test.each(initial)('%s starts with the official values, which are float32', (name, description) => {
  const compare = (actual: unknown, expected: unknown, path: string) => {
    if (typeof expected === 'number') {
      expect(Math.abs((actual as number) - expected), path).toBeLessThanOrEqual(1e-6 * Math.abs(expected))
    } else if (typeof expected === 'object' && expected !== null) {
      const values = actual as Record<string, unknown>
      for (const [key, value] of Object.entries(expected)) compare(values[key], value, `${path}.${key}`)
    } else expect(actual, path).toBe(expected)
  }
  compare(preset(name), description, name)
})

test.each(filteredNames)('%s is valid at other rates and with other numbers of filters', (name) => {
  for (const sampleRate of [4000, 8000, 11025, 22050, 44100, 48000]) {
    for (const channels of [1, 40, 128]) {
      const frontend: FrontendDescription = preset(name, { sampleRate, channels })
      expect([frontend.sampleRate, frontend.channels]).toEqual([sampleRate, channels])
    }
  }
})

test('samples has a channel for each sample of a hop, at any rate', () => {
  const hops = { 4000: 40, 8000: 80, 11025: 110, 22050: 220, 44100: 441, 48000: 480 }
  for (const [sampleRate, hop] of Object.entries(hops))
    expect(preset('samples', { sampleRate: Number(sampleRate) }).channels).toBe(hop)
})

test.each(['leef', 'constructor', '__proto__'])('no preset is called %s', (name) => {
  expect(() => preset(name as PresetName)).toThrow(/preset is ".*"\. Choose one of leaf, mel-log/)
})
