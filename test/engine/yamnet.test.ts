// YAMNet's features of two clips, as its authors define them, in float64 (test/golden/make/yamnet.py).
import { expect, test } from 'vitest'
import { preset, reference } from '../../src/frontend/index.ts'
import { compilePlan } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { goldenClip } from '../golden/yamnet.ts'

const frontend = preset('yamnet')

test.each(['loud', 'quiet'] as const)('a %s clip: reference and engine to 1e-4', (name) => {
  const { samples, logMel } = goldenClip(name)
  const engine = new Engine(compilePlan(frontend), null)
  for (const { frames, channels, values } of [reference(frontend, samples), engine.clip(samples)]) {
    expect([frames, channels]).toEqual([96, 64])
    const errors = Array.from(values, (value, i) => Math.abs(value - logMel[i]))
    expect(Math.max(...errors)).toBeLessThan(1e-4)
  }
})
