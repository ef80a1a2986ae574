import fc from 'fast-check'
import { expect, test } from 'vitest'
import { behindGain } from '../../src/frontend/behind-gain.ts'
import {
  compress,
  type PcenCompression,
  pooledEnergies,
  preset,
  reference,
  startOf,
} from '../../src/frontend/index.ts'
import { prepareBackend } from '../../src/learning/backend.ts'
import { createNetwork } from '../../src/learning/network/index.ts'
import { signals } from '../engine/signals.ts'

const numbers = (min: number, max: number) => fc.double({ min, max, noNaN: true })

test('a frontend behind a gain does what it does to a louder sound, but for a factor on each channel', () => {
  const channel = fc.record({
    alpha: numbers(-0.5, 1),
    delta: numbers(0, 3),
    root: numbers(1, 12),
    smooth: numbers(0, 1),
  })
  const energies = fc.array(numbers(0, 1), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(channel, energies, numbers(1e-3, 1e6), ({ alpha, delta, root, smooth }, heard, gain) => {
      const pcen: PcenCompression = {
        ...{ kind: 'pcen', floor: 1e-6 },
        ...{ alpha: [alpha], delta: [delta], root: [root], smooth: [smooth] },
      }
      const own = { ...preset('leaf', { channels: 1 }), compression: pcen }
      const folded = behindGain(own, gain)
      const features = ({ energyFloor, compression }: typeof own, factor: number) =>
        compress(
          compression,
          Float64Array.from(heard, (energy) => Math.max(factor * energy, energyFloor)),
          1,
        )
      const louder = features(own, gain)
      const behind = features(folded, 1)
      const factor = gain ** ((1 - alpha) / root)
      // Both subtract the root of their offset: what is left is known to its rounding.
      const offset = delta ** (1 / root)
      louder.forEach((value, i) => {
        expect(Math.abs(value - factor * behind[i])).toBeLessThanOrEqual(
          1e-12 * (Math.abs(value) + 2 * offset),
        )
      })
    }),
  )
})

test('leaf-mixed is LEAF at +30 dB, in every other channel with PCEN as a root', () => {
  const inTurn = (even: number, odd: number) =>
    Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? even : odd))
  const leaf = preset('leaf')
  const compression = {
    ...(leaf.compression as PcenCompression),
    ...{ alpha: inTurn(0, 0.96), delta: inTurn(5e-4, 2), root: inTurn(10, 2) },
  }
  const raised = { ...leaf, compression }
  expect(startOf('leaf-mixed', { raised: true })).toEqual(raised)
  const mixed = startOf('leaf-mixed')
  expect({ ...mixed, energyFloor: 1e-5, compression }).toEqual(raised)
  expect(mixed.energyFloor).toBeCloseTo(1e-8, 20)
  const sound = signals.speech.subarray(0, 4000)
  const louder = reference(
    raised,
    sound.map((sample) => sample * Math.sqrt(1000)),
  )
  const own = reference(mixed, sound)
  const factors = inTurn(1000 ** 0.1, 1000 ** 0.02)
  const most = louder.values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  own.values.forEach((value, i) => {
    expect(Math.abs(value * factors[i % 40] - louder.values[i])).toBeLessThan(1e-5 * most)
  })
})

test('leaf-both has each filter of LEAF twice, with PCEN as a root and with gain control', () => {
  const both = startOf('leaf-both')
  const mixed = startOf('leaf-mixed')
  expect(both.channels).toBe(80)
  const sound = signals.speech.subarray(0, 4000)
  const [twice, once] = [both, mixed].map((frontend) => pooledEnergies(frontend, sound))
  expect(twice.frames).toBe(once.frames)
  twice.values.forEach((value, i) => {
    expect(value).toBe(once.values[i >> 1])
  })
  // What the mixed start has in its first channel and in its second all filters have.
  const { alpha, delta, root } = mixed.compression as PcenCompression
  const inTurn = (values: readonly number[]) => Array.from({ length: 80 }, (_, n) => values[n % 2])
  expect(both.compression).toMatchObject({
    ...{ alpha: inTurn(alpha), delta: inTurn(delta), root: inTurn(root) },
  })
})

test('mel-both is as wide, of mel bands', () => {
  const { channels, filterbank, energyFloor, compression } = startOf('mel-both')
  const wide = preset('mel-pcen', { channels: 80 })
  expect({ channels, filterbank, energyFloor }).toEqual({
    ...{ channels: 80, filterbank: wide.filterbank, energyFloor: wide.energyFloor },
  })
  const { alpha, root } = compression as PcenCompression
  expect(alpha.slice(0, 3)).toEqual([0, 0.96, 0])
  expect(root.slice(0, 3)).toEqual([10, 2, 10])
})

test('the classifier normalises each channel before anything else, so that a factor on one is nothing to it', async () => {
  await prepareBackend()
  const { layers } = createNetwork({
    ...{ windowFrames: 96, channels: 40, labels: 2, seed: 1, activation: 'linear' },
  })
  const normalised = layers.find((layer) => layer.getClassName() !== 'Reshape')!
  expect([normalised.getClassName(), normalised.weights[0].shape]).toEqual(['BatchNormalization', [40]])
})
