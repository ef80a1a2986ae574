import { describe, expect, test } from 'vitest'
import { type PresetName, parseFrontend, preset, sigmaBounds } from '../../src/frontend/index.ts'
import { LearnableFrontend } from '../../src/gradient/index.ts'
import { compilePlan } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { seeded, signals } from '../engine/signals.ts'
import { filteredNames } from '../frontend/filtered.ts'
import { streetPieces } from './street.ts'

const SAMPLES = 11200
const learning = filteredNames.filter(
  (name) => new LearnableFrontend(preset(name), 1600).parameters.length > 0,
)

describe.each(filteredNames)('%s on batches', (name) => {
  test('has the features of the streaming engine, clip for clip', () => {
    const frontend = preset(name)
    const engine = new Engine(compilePlan(frontend), null)
    const sounds = Object.values(signals)
    const batch = new LearnableFrontend(frontend, SAMPLES)
    const features = batch.forward(sounds)
    const size = batch.frames * batch.channels
    sounds.forEach((sound, i) => {
      const own = features.subarray(i * size, (i + 1) * size)
      const clip = engine.clip(sound)
      expect(clip.frames).toBe(batch.frames)
      const range = Math.max(1, ...clip.values.map(Math.abs))
      const errors = clip.values.map((value, k) => Math.abs(value - own[k]) / range)
      expect(Math.max(...errors), Object.keys(signals)[i]).toBeLessThan(2e-3)
    })
  })
})

test.each(['mel-log', 'mel-learned', 'yamnet'] as const)(
  'energies of the spectra of %s are those of the engine, bit for bit',
  (name) => {
    const frontend = parseFrontend({ ...preset(name), compression: { kind: 'none' } })
    const engine = new Engine(compilePlan(frontend), null)
    const sounds = Object.values(signals).slice(0, 6)
    sounds.push(sounds[2].subarray(0, 700), Float32Array.of(0.5, Number.NaN, 1e9))
    const batch = new LearnableFrontend(frontend, SAMPLES)
    const energies = batch.forward(sounds)
    const size = batch.frames * batch.channels
    sounds.forEach((sound, i) => {
      const whole = new Float32Array(SAMPLES)
      whole.set(sound)
      expect(energies.subarray(i * size, (i + 1) * size)).toEqual(engine.clip(whole).values)
    })
  },
)

test('where nothing asks for energies from 0 on, those below 0 stay, as in the engine', () => {
  const parts = { rectifier: 'none', compression: { kind: 'none' }, energyFloor: 0 }
  const frontend = parseFrontend({ ...preset('sincnet-plus'), ...parts })
  const { values } = new Engine(compilePlan(frontend), null).clip(signals.speech)
  const energies = new LearnableFrontend(frontend, SAMPLES).forward([signals.speech])
  const largest = Math.max(...values.map(Math.abs))
  expect(Math.min(...values)).toBeLessThan(-0.1 * largest)
  values.forEach((value, k) => expect(Math.abs(energies[k] - value)).toBeLessThan(1e-4 * largest))
})

test('samples, of which nothing is learned, are refused', () => {
  expect(() => new LearnableFrontend(preset('samples'), SAMPLES)).toThrow('nothing that could be learned')
})

test('the gradient of spectral weights is summed over the clips of a batch', () => {
  const sounds = Object.values(signals).slice(0, 6)
  const frontend = new LearnableFrontend(preset('mel-learned'), SAMPLES)
  const random = seeded(7)
  const outer = frontend.forward(sounds).map(() => random() - 0.5)
  const [whole] = frontend.backward(outer)
  const size = outer.length / sounds.length
  const sum = new Float64Array(whole.length)
  sounds.forEach((sound, i) => {
    frontend.forward([sound])
    const [own] = frontend.backward(outer.subarray(i * size, (i + 1) * size))
    own.forEach((value, k) => (sum[k] += value))
  })
  const largest = Math.max(...sum.map(Math.abs))
  whole.forEach((value, k) => expect(Math.abs(value - sum[k])).toBeLessThan(1e-9 * largest))
})

describe.each(learning)('%s learns', (name) => {
  test('a few steps on real audio lower the loss', async () => {
    const pieces = await streetPieces(8, 16000)
    const frontend = new LearnableFrontend(preset(name), 16000)
    const random = seeded(3)
    const size = frontend.frames * frontend.channels
    const weights = Float32Array.from({ length: size }, () => (random() - 0.5) / Math.sqrt(size))
    // Logistic loss of a fixed linear classifier that is to tell every other piece: only the frontend can help.
    const step = (rate: number) => {
      const features = frontend.forward(pieces)
      const outer = new Float32Array(features.length)
      let loss = 0
      pieces.forEach((_, i) => {
        const sign = i % 2 === 0 ? 1 : -1
        let score = 0
        for (let k = 0; k < size; k++) score += weights[k] * features[i * size + k]
        loss += Math.log1p(Math.exp(-sign * score)) / pieces.length
        const slope = -sign / (1 + Math.exp(sign * score)) / pieces.length
        for (let k = 0; k < size; k++) outer[i * size + k] = slope * weights[k]
      })
      const gradients = frontend.backward(outer)
      frontend.parameters.forEach(({ values, steps }, p) => {
        values.forEach((_, k) => (values[k] -= rate * steps[k] * Math.sign(gradients[p][k])))
      })
      frontend.update()
      return loss
    }
    const losses = Array.from({ length: 4 }, () => step(0.01))
    expect(losses[3]).toBeLessThan(losses[0] - 1e-4)
  })
})

test('with 64 filters a sigma that begins at its bound goes on learning', () => {
  const frontend = new LearnableFrontend(preset('leaf', { channels: 64 }), 8000)
  const sigma = frontend.parameters.find(({ name }) => name === 'sigma')!
  const largest = sigmaBounds(401).max
  const stuck = sigma.values.indexOf(largest)
  expect(stuck).toBeGreaterThanOrEqual(0)
  sigma.values[stuck] += 10
  frontend.update()
  expect(sigma.values[stuck]).toBe(largest)
  const random = seeded(4)
  const features = frontend.forward([Float32Array.from({ length: 8000 }, () => random() - 0.5)])
  const gradients = frontend.backward(features.map(() => random() - 0.5))
  expect(gradients[frontend.parameters.indexOf(sigma)][stuck]).not.toBe(0)
})

test.each(['leaf', 'mel-pcen'] as const)(
  'the compression of %s learns alone as it does with the rest',
  (name) => {
    const random = seeded(6)
    const sound = Float32Array.from({ length: 8000 }, () => random() - 0.5)
    const [whole, alone] = (['all', 'compression'] as const).map(
      (learn) => new LearnableFrontend(preset(name), 8000, learn),
    )
    expect(alone.parameters).toEqual(whole.parameters.filter(({ part }) => part === 'compression'))
    const outer = whole.forward([sound]).map(() => random() - 0.5)
    expect(alone.forward([sound])).toEqual(whole.forward([sound]))
    const gradients = alone.backward(outer)
    expect(gradients).toEqual(whole.backward(outer).slice(-4))
    alone.parameters.forEach(({ values, steps }, p) => {
      for (const i of values.keys()) values[i] -= 0.1 * steps[i] * Math.sign(gradients[p][i])
    })
    alone.update()
    const { compression, ...rest } = alone.describe()
    const { compression: before, ...same } = preset(name)
    expect(rest).toEqual(same)
    expect(compression).not.toEqual(before)
    expect(alone.forward([sound])).toEqual(new LearnableFrontend(alone.describe(), 8000).forward([sound]))
  },
)

test('silent, loud and short sounds give finite features and gradients', () => {
  const frontends = learning.map((name: PresetName) => new LearnableFrontend(preset(name), 8000))
  frontends.push(new LearnableFrontend(withNothingBelowTheRoot(), 8000))
  const random = seeded(5)
  const loud = Float32Array.from({ length: 8000 }, () => 3000 * (random() - 0.5))
  const sounds = [new Float32Array(8000), loud, loud.subarray(0, 100), new Float32Array(0)]
  for (const frontend of frontends) {
    const features = frontend.forward(sounds)
    expect(features.every(Number.isFinite)).toBe(true)
    for (const gradient of frontend.backward(features.map(() => random() - 0.5))) {
      expect(gradient.every(Number.isFinite)).toBe(true)
    }
  }
})

function withNothingBelowTheRoot() {
  const leaf = preset('leaf')
  if (leaf.compression.kind !== 'pcen') throw new Error('the leaf preset has PCEN')
  const all = (value: number) => leaf.compression.kind === 'pcen' && leaf.compression.alpha.map(() => value)
  return parseFrontend({
    ...leaf,
    compression: { ...leaf.compression, delta: all(0), smooth: all(1), alpha: all(1) },
  })
}

test('a gradient of another shape is refused', () => {
  const frontend = new LearnableFrontend(preset('leaf'), 8000)
  expect(() => frontend.backward(new Float32Array(10))).toThrow('Call backward after forward')
  frontend.forward([new Float32Array(8000)])
  expect(() => frontend.backward(new Float32Array(10))).toThrow('10 values')
})
