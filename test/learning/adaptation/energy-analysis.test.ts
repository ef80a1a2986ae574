import { expect, test } from 'vitest'
import {
  compress,
  type FrontendDescription,
  geometryOf,
  preset,
  samplesFor,
} from '../../../src/frontend/index.ts'
import { EnergyAnalysis } from '../../../src/learning/adaptation/energy-analysis.ts'
import { pcenOf } from '../../../src/learning/adaptation/moved-compression.ts'
import { compilePlan } from '../../../src/plan/index.ts'
import { Engine } from '../../../worklet/engine.ts'
import { tone } from '../tone-folder.ts'

const leaf = preset('leaf')
const FRONTENDS: readonly (readonly [string, FrontendDescription])[] = [
  ['leaf', leaf],
  ['mel-pcen', preset('mel-pcen')],
  ['leaf without an energy floor', { ...leaf, energyFloor: 0 }],
  ['leaf without partial frames', { ...leaf, alignment: { poolingLeft: 0, partialFrames: false } }],
]

test.each(FRONTENDS)('energies and PCEN make the features of the live page: %s', (_, frontend) => {
  const sound = tone(700, 9000, 4)
  sound.fill(0, 3000, 5000)
  const expected = new Engine(compilePlan(frontend), null).clip(sound).values
  const energies = new EnergyAnalysis(frontend).of(sound)
  const features = compress(pcenOf(frontend), energies, frontend.channels)
  expect(features).toHaveLength(expected.length)
  const difference = features.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0)
  expect(difference).toBeLessThan(1e-4)
})

test.each(FRONTENDS)('knows how many samples a window takes: %s', (_, frontend) => {
  const analysis = new EnergyAnalysis(frontend)
  const framesOf = (samples: number) => analysis.of(new Float32Array(samples)).length / frontend.channels
  expect(framesOf(samplesFor(geometryOf(frontend), 32))).toBe(32)
})
