import { describe, expect, test } from 'vitest'
import { type Features, parseFrontend, pooledEnergies, preset } from '../../src/frontend/index.ts'
import { compilePlan } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import official from '../golden/official.json' with { type: 'json' }
import { goldenSignal } from '../golden/signal.ts'
import { type Features32, featureError, featuresOf, largestError } from './comparison.ts'
import { frontends } from './frontends.ts'
import { seeded, sounds, sweep } from './signals.ts'

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

describe.each(Object.entries(frontends))('LEAF with %s', (_, frontend) => {
  const plan = compilePlan(frontend)
  const engine = new Engine(plan, null)
  const compression = {
    ...plan.compression,
    program: 'frames',
    compression: { kind: 'none' },
    energyFloor: 0,
  } as const
  const bare = new Engine({ ...plan, compression }, null)

  test.each(Object.entries(sounds))('%s: features to 2e-4, energies to 2e-4 of the peak', (_, sound) => {
    const energies = pooledEnergies(frontend, sound)
    expect(largestError(featuresOf(energies, frontend), engine.clip(sound))).toBeLessThan(2e-4)
    expect(energyError(energies, bare.clip(sound), frontend.energyFloor)).toBeLessThan(2e-4)
  })

  test('a fast sweep: energies to 2e-6 of the peak', () => {
    // PCEN, dividing by the energies before, shows more than is here.
    const sound = sweep(1600)
    expect(energyError(pooledEnergies(frontend, sound), bare.clip(sound), frontend.energyFloor)).toBeLessThan(
      2e-6,
    )
  })
})

test.each(Object.entries(official.cases))('%s equals the official code to 2e-4', (name, golden) => {
  // The taps of the time-domain filters are too many for the file: they are the preset's.
  const frontend = name === 'time-domain-initial' ? preset('time-domain') : parseFrontend(golden.description)
  const engine = new Engine(compilePlan(frontend), null)
  const { frames, channels, values } = engine.clip(Float32Array.from(goldenSignal(golden.samples)))
  expect(frames).toBe(golden.frames)
  const rows = Object.entries(golden.features)
  expect(rows).toHaveLength(4)
  const all = rows.flatMap(([, row]) => row)
  const range = Math.max(1, Math.max(...all) - Math.min(...all))
  for (const [frame, row] of rows) {
    row.forEach((value, n) => {
      expect(Math.abs(values[Number(frame) * channels + n] - value)).toBeLessThan(2e-4 * range)
    })
  }
})

const shapes = [
  'leaf',
  'mel-tenth-root',
  'time-domain',
  'sincnet',
  'sincnet-plus',
  'gammatone',
  'analytic-sinc',
  'spline',
  'short-filters',
] as const

describe.each(shapes)('%s', (name) => {
  test.each([8000, 11025, 22050, 44100, 48000])('at %i Hz equals its reference', (sampleRate) => {
    const frontend = preset(name, { sampleRate, channels: 5 })
    const noise = seeded(sampleRate)
    const sound = Float32Array.from({ length: Math.round(sampleRate * 0.21) }, () => noise() - 0.5)
    expect(featureError(frontend, new Engine(compilePlan(frontend), null), sound)).toBeLessThan(2e-4)
  })

  const frontend = preset(name)
  const engine = new Engine(compilePlan(frontend), null)

  test.each([1, 100, 159, 160, 401, 561, 700])('of a clip of %i samples equals its reference', (length) => {
    const noise = seeded(length)
    const sound = Float32Array.from({ length }, () => noise() - 0.5)
    if (length < 401 && name === 'time-domain') expect(engine.clip(sound).frames).toBe(0)
    else expect(featureError(frontend, engine, sound)).toBeLessThan(2e-4)
  })
})
