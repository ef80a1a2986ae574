import { expect, test } from 'vitest'
import {
  filterbanks,
  geometryOf,
  parseFrontend,
  pooledEnergies,
  preset,
  reference,
} from '../../src/frontend/index.ts'
import { seeded } from '../engine/signals.ts'

const noise = (length: number) => {
  const random = seeded(3)
  return Float64Array.from({ length }, () => 2 * random() - 1)
}

test('time-domain has the frames whose window lies inside the signal', () => {
  const frontend = preset('time-domain', { channels: 1 })
  const frames = [0, 400, 401, 560, 561, 16000].map((samples) => reference(frontend, noise(samples)).frames)
  expect(frames).toEqual([0, 0, 1, 1, 2, 98])
})

test('the shared window begins with frame i at sample i · hop', () => {
  const frontend = preset('time-domain', { channels: 1 })
  const [filter, window] = [new Array(401).fill(0), new Array(401).fill(0)]
  filter[200] = 1
  window[0] = 1
  const peeking = parseFrontend({
    ...frontend,
    filterbank: { kind: 'free', real: [filter], imaginary: [new Array(401).fill(0)] },
    pooling: { kind: 'taps', taps: window },
  })
  const signal = noise(1000)
  const energies = Array.from(pooledEnergies(peeking, signal).values)
  expect(energies).toEqual([0, 160, 320, 480].map((sample) => signal[sample] ** 2))
})

const loudest = parseFrontend({
  ...preset('sincnet', { channels: 2 }),
  rectifier: 'none',
  energyFloor: 0,
  compression: { kind: 'none' },
})

test('max pooling takes the largest output of the filter in the window of the frame', () => {
  const signal = noise(500)
  if (loudest.filterbank.kind !== 'sinc') throw new Error('the sincnet preset has sinc filters')
  const { real } = filterbanks.sinc.impulseResponses(loudest.filterbank, geometryOf(loudest))
  const output = (t: number, n: number) =>
    real[n].reduce((sum, tap, j) => sum + tap * (signal[t - 200 + j] ?? 0), 0)
  const { frames, values } = pooledEnergies(loudest, signal)
  expect(frames).toBe(4)
  for (let i = 0; i < frames; i++) {
    const inWindow = Array.from(signal.keys()).filter((t) => t >= i * 160 - 120 && t < i * 160 + 281)
    for (let n = 0; n < 2; n++) {
      expect(values[i * 2 + n]).toBeCloseTo(Math.max(...inWindow.map((t) => output(t, n))), 12)
    }
  }
})

test('what lies around the signal never wins the maximum', () => {
  const { values } = pooledEnergies(loudest, [-1])
  for (const value of values) expect(value).toBeLessThan(-0.9)
})

test('the leaky rectifier leaves a fifth of what is below 0', () => {
  const leaky = parseFrontend({ ...loudest, rectifier: 'leaky-relu' })
  const [plain] = pooledEnergies(loudest, [-1]).values
  expect(pooledEnergies(leaky, [-1]).values[0]).toBe(0.2 * plain)
})

test('the plain one leaves nothing', () => {
  const plain = parseFrontend({ ...loudest, rectifier: 'relu' })
  const values = [-1, 1].map((sample) => pooledEnergies(plain, [sample]).values[0])
  expect(values[0]).toBeCloseTo(0, 300)
  expect(values[1]).toBe(pooledEnergies(loudest, [1]).values[0])
})
