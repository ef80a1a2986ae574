import { expect, it } from 'vitest'
import { preset } from '../../src/frontend/index.ts'
import { compilePlan } from '../../src/plan/index.ts'
import { toneOf } from '../../src/view/tone.ts'
import { Engine } from '../../worklet/engine.ts'
import { filteredNames } from '../frontend/filtered.ts'

/** A tone that comes and goes, over soft noise: half a second each. */
function sound(length: number): Float32Array {
  let state = 1
  return Float32Array.from({ length }, (_, i) => {
    state = (state * 16807) % 2147483647
    const noise = 0.002 * (state / 1073741823 - 1)
    return noise + (Math.floor(i / 8000) % 2 === 1 ? 0.3 * Math.sin((2 * Math.PI * 1000 * i) / 16000) : 0)
  })
}

it.each(filteredNames)('%s is drawn from dark to bright', (name) => {
  const frontend = preset(name)
  const tone = toneOf(frontend.compression)
  const { values } = new Engine(compilePlan(frontend), null).clip(sound(48_000))
  const sorted = Array.from(values, tone).sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]
  expect(at(0.1)).toBeLessThan(0.45)
  expect(at(0.995)).toBeGreaterThan(0.5)
})
