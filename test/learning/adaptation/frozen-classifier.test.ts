import '@tensorflow/tfjs-backend-wasm'
import { beforeAll, describe, expect, test } from 'vitest'
import { FrozenClassifier } from '../../../src/learning/adaptation/frozen-classifier.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { createNetwork } from '../../../src/learning/network.ts'
import { Random } from '../../../src/learning/random.ts'
import { scoreWindows } from '../../../src/learning/score-windows.ts'
import { type Head, softmaxOfHeads } from '../../../src/model/index.ts'

const SIZES = { windowFrames: 32, channels: 16, labels: 3, seed: 2 }
const LENGTH = SIZES.windowFrames * SIZES.channels
const TARGETS = Float32Array.from([0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0])
const SIZE = TARGETS.length / SIZES.labels

const random = new Random(3)
const FEATURES = Float32Array.from({ length: SIZE * LENGTH }, () => random.normal())

const HEADS: readonly Head[] = [{ name: 'of all', labels: 3 }]

/** With the outputs that heads ask for. */
const network = (heads: readonly Head[]) =>
  createNetwork({ ...SIZES, activation: heads.length > 0 ? 'linear' : 'sigmoid' })

beforeAll(prepareBackend)

test.each<[Head[], number[]]>([
  [[], []],
  [[], [2]],
  [[{ name: 'one', labels: 3 }], []],
  [[{ name: 'one', labels: 3 }], [2]],
  [
    [
      { name: 'first', labels: 1 },
      { name: 'rest', labels: 2 },
    ],
    [],
  ],
])('the gradient is that of the loss, with heads %j, left out %j', async (heads, leftOut) => {
  const classifier = new FrozenClassifier(network(heads), heads, leftOut)
  const { features: gradient } = await classifier.differentiate(FEATURES, TARGETS)
  expect(gradient).toHaveLength(FEATURES.length)
  const steepest = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const direction = gradient.map((value) => value / steepest)
  const lossAt = async (step: number) => {
    const moved = FEATURES.map((value, i) => value + step * direction[i])
    return (await classifier.differentiate(moved, TARGETS)).loss
  }
  const slope = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02
  const expected = gradient.reduce((sum, value, i) => sum + value * direction[i], 0)
  expect(Math.abs(slope / expected - 1)).toBeLessThan(0.02)
})

describe('the loss is the cross entropy of what the model answers live', () => {
  const features = FEATURES.subarray(0, LENGTH)

  test.each([
    [[], 3],
    [[2], 2],
  ] as const)('with a sigmoid per label, left out %j', async (leftOut, labels) => {
    const model = network([])
    const [scores] = scoreWindows(model, [features])
    const entropies = Array.from(scores, (score, i) => -Math.log(i === 1 ? score : 1 - score)).slice(
      0,
      labels,
    )
    const { loss } = await new FrozenClassifier(model, [], leftOut).differentiate(
      features,
      TARGETS.slice(0, 3),
    )
    expect(loss).toBeCloseTo(entropies.reduce((sum, entropy) => sum + entropy, 0) / labels, 5)
  })

  test.each([
    [[], 3],
    [[2], 2],
  ] as const)('with a head, left out %j', async (leftOut, labels) => {
    const model = network(HEADS)
    const scores = scoreWindows(model, [features])[0].slice(0, labels)
    softmaxOfHeads(scores, [{ name: 'head', labels }])
    const classifier = new FrozenClassifier(model, HEADS, leftOut)
    const { loss } = await classifier.differentiate(features, TARGETS.slice(0, 3))
    expect(loss).toBeCloseTo(-Math.log(scores[1]), 5)
  })
})

test('with two heads the loss is the sum over those that an example has a label of', async () => {
  const heads = [
    { name: 'rest', labels: 2 },
    { name: 'last', labels: 2 },
  ]
  const model = createNetwork({ ...SIZES, labels: 4, activation: 'linear' })
  const features = FEATURES.subarray(0, LENGTH)
  const [scores] = scoreWindows(model, [features])
  softmaxOfHeads(scores, heads)
  const lossOf = async (...target: number[]) =>
    (await new FrozenClassifier(model, heads, []).differentiate(features, Float32Array.from(target))).loss
  expect(await lossOf(0, 1, 0, 0)).toBeCloseTo(-Math.log(scores[1]), 5)
  expect(await lossOf(0, 1, 1, 0)).toBeCloseTo(-Math.log(scores[1]) - Math.log(scores[2]), 5)
})

test('statistics of batch normalisation stay as they are', async () => {
  const model = network([])
  const weights = () => model.weights.map((weight) => [...weight.read().dataSync()])
  const before = weights()
  await new FrozenClassifier(model, [], []).differentiate(FEATURES, TARGETS)
  expect(weights()).toEqual(before)
})
