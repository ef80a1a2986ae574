import { expect, test } from 'vitest'
import { type PresetName, preset, presetNames } from '../../../src/frontend/index.ts'
import { chooseFrontend } from '../../../src/learning/training/index.ts'
import { compilePlan } from '../../../src/plan/index.ts'
import { Engine } from '../../../worklet/engine.ts'
import { signals } from '../../engine/signals.ts'

const SAMPLES = 11200
/** Filters in time behind gain control. */
const sampled: readonly PresetName[] = ['leaf', 'gammatone', 'analytic-sinc', 'spline']

test.each(presetNames)(
  '%s that stays as it is gives the features of the engine and has nothing to learn',
  (name) => {
    const frontend = chooseFrontend(preset(name), SAMPLES, 'nothing')
    expect(frontend.parameters).toEqual([])
    const engine = new Engine(compilePlan(preset(name)), null)
    const sounds = Object.values(signals).map((sound) => {
      const whole = new Float32Array(SAMPLES)
      whole.set(sound)
      return whole
    })
    const features = frontend.forward(sounds)
    const size = frontend.frames * frontend.channels
    // These are sampled as those that learn are; everything else is the engine's, bit for bit.
    const largest = sampled.includes(name) ? 2e-3 : 0
    sounds.forEach((sound, i) => {
      const { values } = engine.clip(sound)
      const range = Math.max(1, ...values.map(Math.abs))
      const errors = values.map((value, k) => Math.abs(value - features[i * size + k]) / range)
      expect(Math.max(...errors), Object.keys(signals)[i]).toBeLessThanOrEqual(largest)
    })
  },
)

test('a step leaves it as it is', () => {
  const frontend = chooseFrontend(preset('leaf'), SAMPLES, 'nothing')
  frontend.update()
  expect(frontend.describe()).toEqual(preset('leaf'))
})
