import { describe, expect, test } from 'vitest'
import {
  compressions,
  filterbanks,
  geometryOf,
  parseFrontend,
  pooledEnergies,
  poolings,
  preset,
  presetNames,
} from '../../src/frontend/index.ts'
import { compilePlan } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { presetOf } from '../frontend/filtered.ts'
import { featureError, largestError } from './comparison.ts'
import { moved } from './frontends.ts'
import { seeded, signals, sounds } from './signals.ts'

// LEAF itself is tested with more parameters in accuracy.test.ts.
const others = presetNames.filter((name) => name !== 'leaf')
const beginnings = Object.values(signals).map((sound) => sound.subarray(0, 4000))

describe.each(others)('%s', (name) => {
  const frontend = preset(name)
  const engine = new Engine(compilePlan(frontend), null)

  test.each(Object.entries(sounds))('%s: features to 2e-4', (_, sound) => {
    expect(featureError(frontend, engine, sound)).toBeLessThan(2e-4)
  })

  test('with other parameters: features to 2e-4', () => {
    for (const seed of [1, 2]) {
      const other = moved(presetOf(name, 13), seed)
      const learned = new Engine(compilePlan(other), null)
      for (const sound of beginnings) expect(featureError(other, learned, sound)).toBeLessThan(2e-4)
    }
  })
})

const small = preset('leaf', { channels: 6 })
const geometry = geometryOf(small)
const random = seeded(21)
const draw = (count: number) => Array.from({ length: count }, () => random() - 0.5)
const noise = () => Array.from({ length: 6 }, () => draw(geometry.windowLength))

const banks = {
  gabor: small.filterbank,
  sinc: filterbanks.sinc.initial(geometry),
  gammatone: filterbanks.gammatone.initial(geometry),
  'taps of noise': { kind: 'free', real: noise(), imaginary: noise() },
  'one-sided taps': { kind: 'free', real: noise().map(early), imaginary: noise().map(early) },
}
const pools = {
  gaussian: small.pooling,
  'a window of noise': { kind: 'taps', taps: draw(geometry.windowLength) },
  'a mostly negative window': { kind: 'taps', taps: draw(geometry.windowLength).map((tap) => tap - 0.3) },
  max: { kind: 'max' },
}

/** Only the taps before the window's middle. */
function early(taps: number[]): number[] {
  return taps.map((tap, k) => (k < 180 ? tap : 0))
}

describe.each(Object.entries(banks))('filters: %s', (_, filterbank) => {
  describe.each(Object.entries(pools))('pooling: %s', (_, pooling) => {
    test.each(['squared-modulus', 'leaky-relu', 'none'])('%s: energies to 1e-5 of their peak', (rectifier) =>
      expectEnergies({ filterbank, pooling, rectifier }),
    )
  })
})

test.each(Object.entries(pools))(
  'short filters, relu, pooling: %s: energies to 1e-5 of their peak',
  (_, pooling) =>
    expectEnergies({ filterbank: filterbanks.short.initial(geometry), pooling, rectifier: 'relu' }),
)

function expectEnergies(parts: { filterbank: object; pooling: object; rectifier: string }): void {
  const compression = compressions.none.initial(geometry)
  const frontend = parseFrontend({ ...small, ...parts, compression, energyFloor: 0 })
  const engine = new Engine(compilePlan(frontend), null)
  for (const name of ['white noise', 'noise that begins', 'impulses', 'full-band chirp']) {
    const sound = signals[name].subarray(0, 4321)
    const expected = pooledEnergies(frontend, sound)
    const peak = expected.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(largestError(expected, engine.clip(sound))).toBeLessThan(1e-5 * peak)
  }
}

test('a filter that hears every frequency, half the sample rate best: energies to 1e-5 of their peak', () => {
  const real = [new Array<number>(401).fill(0).with(200, 1).with(201, -0.5)]
  const frontend = parseFrontend({
    ...preset('leaf', { channels: 1 }),
    filterbank: { kind: 'free', real, imaginary: [new Array(401).fill(0)] },
    compression: { kind: 'none' },
    energyFloor: 0,
  })
  const sound = new Float32Array(2000).fill(0.5)
  const expected = pooledEnergies(frontend, sound)
  const peak = expected.values.reduce((most, value) => Math.max(most, value), 0)
  expect(largestError(expected, new Engine(compilePlan(frontend), null).clip(sound))).toBeLessThan(
    1e-5 * peak,
  )
})

test('silence never wins over a signal that is negative everywhere', () => {
  const real = Array.from({ length: 6 }, () => new Array<number>(401).fill(0).with(200, -1))
  const frontend = parseFrontend({
    ...small,
    filterbank: { kind: 'free', real, imaginary: real },
    rectifier: 'none',
    pooling: poolings.max.initial(geometry),
    compression: { kind: 'none' },
    energyFloor: 0,
  })
  const { frames, values } = new Engine(compilePlan(frontend), null).clip(new Float32Array(1000).fill(0.25))
  expect(frames).toBe(7)
  for (const value of values) expect(value).toBeCloseTo(-0.25, 6)
})
