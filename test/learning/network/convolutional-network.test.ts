import '@tensorflow/tfjs-backend-wasm'
import { tensor } from '@tensorflow/tfjs-core'
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, test } from 'vitest'
import { preset } from '../../../src/frontend/index.ts'
import { buildLayersModel, describeLayersModel } from '../../../src/inference/index.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { ALONE } from '../../../src/learning/network/all-reduce.ts'
import { ConvolutionalNetwork } from '../../../src/learning/network/convolutional-network.ts'
import { convolutionalPlan } from '../../../src/learning/network/convolutional-plan.ts'
import { withNewHead, withWeights } from '../../../src/learning/network/index.ts'
import { LayersNetwork } from '../../../src/learning/network/layers-network.ts'
import { copyLabels, createNetwork, loadWeights } from '../../../src/learning/network/network.ts'
import { scoreWindows } from '../../../src/learning/network/score-windows.ts'
import type { LossOptions } from '../../../src/learning/network/trainable-network.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { withIntermediateFeatures } from '../../../src/learning/teaching/intermediate-features.ts'
import { tinyModel } from '../../model/tiny-model.ts'

const CLIPS = 5

beforeAll(prepareBackend)

interface Case {
  readonly model: LayersModel
  readonly features: Float32Array
  readonly targets: Float32Array
}

/** Every weight away from where it starts, features with a mean of their own in every channel. */
function newCase(
  windowFrames: number,
  channels: number,
  labels: number,
  made?: LayersModel,
  activation: 'linear' | 'sigmoid' = 'linear',
): Case {
  const random = new Random(windowFrames, channels, labels)
  const sizes = { windowFrames, channels, labels, seed: 3 }
  const model = made ?? createNetwork({ ...sizes, activation })
  model.setWeights(
    model.weights.map((weight) => {
      const values = weight.read().dataSync()
      const isPositive = /gamma|variance/.test(weight.name)
      const moved = values.map((x) =>
        isPositive ? x * random.between(0.5, 2) : x + 0.2 * random.normal() * (values.length < 500 ? 1 : 0),
      )
      return tensor(moved, weight.shape as number[])
    }),
  )
  const features = Float32Array.from(
    { length: CLIPS * windowFrames * channels },
    (_, i) => (i % channels) + 2 * random.normal(),
  )
  const targets = new Float32Array(CLIPS * labels)
  for (let i = 0; i < CLIPS; i++) targets[i * labels + (i % labels)] = 1
  return { model, features, targets }
}

const SHARE = { index: 7, first: 0, size: CLIPS, wantsFeatures: true }

/** What the kernel and TensorFlow.js say of the same batch. */
async function both({ model, features, targets }: Case, options: LossOptions) {
  const weights = model.weights.map((weight) => Float32Array.from(weight.read().dataSync()))
  const kernel = new ConvolutionalNetwork(convolutionalPlan(model)!, weights, options, ALONE)
  const given = kernel.differentiate(features, targets, SHARE)
  const expected = await new LayersNetwork(model, options).differentiate(features, targets, SHARE)
  return { kernel, given, expected }
}

/** Length of the difference as a share of the right one's. */
function distance(given: Float32Array, expected: Float32Array): number {
  let [apart, length] = [0, 0]
  for (const [i, value] of expected.entries()) {
    apart += (given[i] - value) ** 2
    length += value ** 2
  }
  return Math.sqrt(apart / length)
}

const hasBits = (given: Float32Array, expected: Float32Array) =>
  given.length === expected.length && given.every((value, i) => Object.is(value, expected[i]))

describe('equals TensorFlow.js but for rounding', () => {
  const all = { seed: 1, dropout: 0.3 }

  test.each([
    { name: 'a softmax', sizes: [32, 16, 4], options: { ...all, heads: [4] } },
    { name: 'two heads', sizes: [32, 16, 7], options: { ...all, heads: [3, 4] } },
    { name: 'sigmoids', sizes: [32, 16, 3], options: all },
    { name: 'odd rows and columns, which pooling leaves out', sizes: [44, 20, 9], options: all },
    { name: 'the last layer alone', sizes: [44, 20, 3], options: { ...all, lastOnly: true } },
  ])('$name', async ({ sizes: [windowFrames, channels, labels], options }) => {
    const { given, expected } = await both(newCase(windowFrames, channels, labels), options)
    expect(Math.abs(given.loss / expected.loss - 1)).toBeLessThan(1e-5)
    expect(distance(given.features!, expected.features!)).toBeLessThan(3e-5)
    const pairs = [
      [given.weights, expected.weights],
      [given.statistics, expected.statistics],
    ]
    for (const [own, right] of pairs) {
      expect([...own.keys()].sort()).toEqual([...right.keys()].sort())
      for (const [place, values] of right) expect(distance(own.get(place)!, values)).toBeLessThan(3e-5)
    }
  })

  test('maxima over time of poolings beside the means', async () => {
    const [windowFrames, channels, labels] = [44, 20, 3]
    const { topology, weights } = describeLayersModel(
      newCase(windowFrames, channels, labels, undefined, 'sigmoid').model,
    )
    const base = { ...tinyModel(), frontend: preset('leaf', { channels }), labels: ['a', 'b', 'c'] }
    const classifier = withIntermediateFeatures({
      ...base,
      classifier: { topology, weights, windowFrames, hopFrames: 11 },
    })
    const headed = withNewHead({ ...base, classifier }, labels)
    const random = new Random(1)
    const kernel = Float32Array.from({ length: headed.inputs * labels }, () => 0.1 * random.normal())
    const model = await buildLayersModel(
      withWeights(headed.classifier, new Map([[`${headed.name}/kernel`, kernel]])),
    )
    const some = newCase(windowFrames, channels, labels, model)
    expect(convolutionalPlan(model)!.peaks).toEqual([1, 2])
    for (const options of [all, { ...all, lastOnly: true }]) {
      const { given, expected } = await both(some, options)
      expect(Math.abs(given.loss / expected.loss - 1)).toBeLessThan(1e-5)
      expect(distance(given.features!, expected.features!)).toBeLessThan(3e-5)
      expect([...given.weights.keys()].sort()).toEqual([...expected.weights.keys()].sort())
      for (const [place, values] of expected.weights)
        expect(distance(given.weights.get(place)!, values)).toBeLessThan(3e-5)
    }
  })

  test('sigmoids with shares of their own, and targets that nobody knows', async () => {
    const some = newCase(32, 16, 3)
    const targets = Float32Array.from(
      some.targets,
      (value, i) => [value, 0.3, Number.NaN][(i + 1) % 4] ?? value,
    )
    const labelShares = [0.5, 0.1, 2]
    const { given, expected } = await both({ ...some, targets }, { ...all, labelShares })
    expect(Math.abs(given.loss / expected.loss - 1)).toBeLessThan(1e-5)
    for (const [place, values] of expected.weights)
      expect(distance(given.weights.get(place)!, values)).toBeLessThan(3e-5)
    // What is not known is as if it were what is said already.
    const bias = convolutionalPlan(some.model)!.bias
    const unknown = await both({ ...some, targets: targets.fill(Number.NaN) }, { ...all, labelShares })
    expect(unknown.given.loss).toBe(0)
    expect([...unknown.given.weights.get(bias)!]).toEqual([0, 0, 0])
  })

  test('numbers of filters that fill no panel, blocks with and without pooling', async () => {
    const patches = (filters: readonly number[]) => [
      layers.reshape({ inputShape: [24, 12, 1], targetShape: [24, 12] }),
      layers.batchNormalization({ momentum: 0.9 }),
      layers.reshape({ targetShape: [12, 2, 6, 2] }),
      layers.permute({ dims: [1, 3, 2, 4] }),
      layers.reshape({ targetShape: [12, 6, 4] }),
      ...filters.flatMap((count, i) => [
        layers.conv2d({ filters: count, kernelSize: 3, padding: 'same', useBias: false }),
        layers.batchNormalization({ momentum: 0.9, epsilon: 0.01 }),
        layers.reLU(),
        ...(i === 1 ? [layers.maxPooling2d({ poolSize: 2 })] : []),
      ]),
      layers.reshape({ targetShape: [6, 3 * filters[filters.length - 1]] }),
      layers.globalAveragePooling1d({}),
      layers.dense({ units: 3 }),
      layers.activation({ activation: 'sigmoid' }),
    ]
    const model = sequential({ layers: patches([5, 11, 9]) })
    const { given, expected } = await both(newCase(24, 12, 3, model), { seed: 1, dropout: 0 })
    for (const [place, values] of expected.weights)
      expect(distance(given.weights.get(place)!, values)).toBeLessThan(3e-5)
    expect(distance(given.features!, expected.features!)).toBeLessThan(3e-5)
  })
})

test('the same batch gives the same bits, whatever was between', async () => {
  const one = newCase(32, 16, 3)
  const { kernel, given } = await both(one, { seed: 1, dropout: 0.3 })
  const two = 2 * 32 * 16
  kernel.differentiate(one.features.subarray(0, two), one.targets.subarray(0, 6), { ...SHARE, size: 2 })
  const again = kernel.differentiate(one.features, one.targets, SHARE)
  for (const [place, values] of given.weights) expect(hasBits(again.weights.get(place)!, values)).toBe(true)
  expect(hasBits(again.features!, given.features!)).toBe(true)
  expect(again.loss).toBe(given.loss)
})

test('a network of some of the labels says what the whole one says of them', () => {
  const sizes = { windowFrames: 32, channels: 16, seed: 3, activation: 'sigmoid' } as const
  const made = createNetwork({ ...sizes, labels: 7 })
  const { features } = newCase(32, 16, 7, made)
  const windows = Array.from({ length: CLIPS }, (_, i) => features.slice(i * 512, (i + 1) * 512))
  const first = createNetwork({ ...sizes, labels: 3 })
  copyLabels(made, first, 0)
  expect(scoreWindows(first, windows)).toEqual(
    scoreWindows(made, windows).map((scores) => scores.slice(0, 3)),
  )
  const rest = createNetwork({ ...sizes, labels: 4 })
  copyLabels(made, rest, 3)
  expect(scoreWindows(rest, windows)).toEqual(scoreWindows(made, windows).map((scores) => scores.slice(3)))
})

test('a network that begins from a file says what the file’s says, and knows more labels beside', () => {
  const sizes = { windowFrames: 32, channels: 16, activation: 'sigmoid' } as const
  const made = createNetwork({ ...sizes, labels: 3, seed: 3 })
  const { model, features } = newCase(32, 16, 3, made)
  const windows = [features.slice(0, 512), features.slice(512, 1024)]
  const { weights } = describeLayersModel(model)
  const wide = createNetwork({ ...sizes, labels: 5, seed: 4 })
  loadWeights(wide, weights, Math.log(1 / 3))
  const scores = scoreWindows(wide, windows)
  expect(scores.map((some) => some.slice(0, 3))).toEqual(scoreWindows(model, windows))
  for (const some of scores) expect([...some.slice(3)]).toEqual([expect.closeTo(0.25), expect.closeTo(0.25)])
  for (const other of [
    createNetwork({ ...sizes, labels: 2, seed: 1 }),
    createNetwork({ ...sizes, labels: 3, seed: 1, filters: [24, 48, 96, 64] }),
    createNetwork({ ...sizes, labels: 3, seed: 1, filters: [24, 48, 96] }),
  ])
    expect(() => loadWeights(other, weights, 0)).toThrow('other layers or sizes')
})

test('a model of other layers has no plan', () => {
  const head = [layers.dense({ units: 2 }), layers.activation({ activation: 'sigmoid' })]
  const flat = layers.reshape({ inputShape: [4, 4, 1], targetShape: [16] })
  expect(convolutionalPlan(sequential({ layers: [flat, ...head] }))).toBe(undefined)
  expect(
    convolutionalPlan(
      createNetwork({ windowFrames: 32, channels: 16, labels: 2, seed: 1, activation: 'linear' }),
    ),
  ).toMatchObject({ windowFrames: 32, channels: 16, labels: 2, blocks: { length: 4 } })
})
