import { describe, expect, test } from 'vitest'
import {
  compressions,
  type Features,
  type FrontendDescription,
  parseFrontend,
  pooledEnergies,
  preset,
  reference,
} from '../../src/frontend/index.ts'
import { compilePlan } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import official from '../golden/official.json' with { type: 'json' }
import { goldenSignal } from '../golden/signal.ts'
import { frontends } from './frontends.ts'
import { seeded, sounds } from './signals.ts'

/** The largest error of z, as a share of the channel's peak, over channels that rise above the energy floor at all. */
function energyError(expected: Features, actual: Features32, floor: number): number {
  let worst = 0
  for (let n = 0; n < expected.channels; n++) {
    let peak = 0
    let error = 0
    for (let i = n; i < actual.values.length; i += expected.channels) {
      peak = Math.max(peak, expected.values[i])
      error = Math.max(error, Math.abs(actual.values[i] - expected.values[i]))
    }
    if (peak > floor) worst = Math.max(worst, error / peak)
  }
  return worst
}

type Features32 = ReturnType<Engine['clip']>

function largestError(expected: Features, actual: Features32): number {
  expect([actual.frames, actual.channels]).toEqual([expected.frames, expected.channels])
  let worst = 0
  for (let i = 0; i < actual.values.length; i++) {
    const error = Math.abs(actual.values[i] - expected.values[i])
    // Not Math.max: a NaN has to show.
    if (!(error <= worst)) worst = error
  }
  return worst
}

const featureError = (frontend: FrontendDescription, engine: Engine, sound: Float32Array) =>
  largestError(reference(frontend, sound), engine.clip(sound))

/** The reference's features from its energies, computed once for both comparisons. */
function compressed({ frames, channels, values }: Features, frontend: FrontendDescription): Features {
  if (frontend.compression.kind !== 'pcen') throw new Error('LEAF has PCEN')
  const floored = values.map((energy) => Math.max(energy, frontend.energyFloor))
  return { frames, channels, values: compressions.pcen.apply(frontend.compression, floored, channels) }
}

describe.each(Object.entries(frontends))('with %s', (_, frontend) => {
  const plan = compilePlan(frontend)
  const engine = new Engine(plan, null)
  const compression = { ...plan.compression, kind: 'none', energyFloor: 0 } as const
  const bare = new Engine({ ...plan, compression }, null)

  test.each(Object.entries(sounds))('%s: features to 2e-4, energies to 2e-4 of the peak', (_, sound) => {
    const energies = pooledEnergies(frontend, sound)
    expect(largestError(compressed(energies, frontend), engine.clip(sound))).toBeLessThan(2e-4)
    expect(energyError(energies, bare.clip(sound), frontend.energyFloor)).toBeLessThan(2e-4)
  })
})

test('mel-log equals the reference to 2e-4 of its range', () => {
  const frontend = preset('mel-log')
  const engine = new Engine(compilePlan(frontend), null)
  for (const sound of Object.values(sounds)) {
    const { values } = reference(frontend, sound)
    const range = values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b))
    expect(featureError(frontend, engine, sound)).toBeLessThan(2e-4 * range)
  }
})

const cases = ['leaf-initial', 'leaf-random', 'leaf-random-12345-samples', 'leaf-64-initial', 'mel'] as const

test.each(cases)('%s equals what the official TensorFlow code computed to 2e-4', (name) => {
  const golden = official.cases[name]
  const engine = new Engine(compilePlan(parseFrontend(golden.description)), null)
  const { frames, channels, values } = engine.clip(Float32Array.from(goldenSignal(golden.samples)))
  expect(frames).toBe(golden.frames)
  for (const [frame, expected] of Object.entries(golden.features)) {
    expected.forEach((value, n) => {
      expect(Math.abs(values[Number(frame) * channels + n] - value)).toBeLessThan(2e-4)
    })
  }
})

test.each([8000, 11025, 22050, 44100, 48000])('a frontend at %i Hz equals its reference', (sampleRate) => {
  const frontend = preset('leaf', { sampleRate, channels: 12 })
  const noise = seeded(sampleRate)
  const sound = Float32Array.from({ length: Math.round(sampleRate * 0.31) }, () => noise() - 0.5)
  expect(featureError(frontend, new Engine(compilePlan(frontend), null), sound)).toBeLessThan(2e-4)
})

test.each([1, 100, 159, 160, 401, 700])('a clip of %i samples equals its reference', (length) => {
  const noise = seeded(length)
  const sound = Float32Array.from({ length }, () => noise() - 0.5)
  expect(featureError(preset('leaf'), new Engine(compilePlan(preset('leaf')), null), sound)).toBeLessThan(
    2e-4,
  )
})
