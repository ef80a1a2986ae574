import '@tensorflow/tfjs-backend-wasm'
import { beforeAll, describe, expect, test } from 'vitest'
import { FrozenClassifier } from '../../../src/learning/adaptation/frozen-classifier.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { createNetwork } from '../../../src/learning/network/network.ts'
import { scoreWindows } from '../../../src/learning/network/score-windows.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { softmax } from '../../../src/model/index.ts'

const SIZES = { windowFrames: 32, channels: 16, labels: 3, seed: 2 }
const LENGTH = SIZES.windowFrames * SIZES.channels
const TARGETS = Float32Array.from([0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0])
const SIZE = TARGETS.length / SIZES.labels

const random = new Random(3)
const FEATURES = Float32Array.from({ length: SIZE * LENGTH }, () => random.normal())

/** With the outputs that are asked for. */
const network = (isSoftmax: boolean) =>
  createNetwork({ ...SIZES, activation: isSoftmax ? 'linear' : 'sigmoid' })

beforeAll(prepareBackend)

test.each<[boolean, number[]]>([
  [false, []],
  [false, [2]],
  [true, []],
  [true, [2]],
])('the gradient is that of the loss, with a softmax: %j, left out %j', async (isSoftmax, leftOut) => {
  const classifier = new FrozenClassifier(network(isSoftmax), isSoftmax, leftOut)
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
    const model = network(false)
    const [scores] = scoreWindows(model, [features])
    const entropies = Array.from(scores, (score, i) => -Math.log(i === 1 ? score : 1 - score)).slice(
      0,
      labels,
    )
    const { loss } = await new FrozenClassifier(model, false, leftOut).differentiate(
      features,
      TARGETS.slice(0, 3),
    )
    expect(loss).toBeCloseTo(entropies.reduce((sum, entropy) => sum + entropy, 0) / labels, 5)
  })

  test.each([
    [[], 3],
    [[2], 2],
  ] as const)('with a softmax, left out %j', async (leftOut, labels) => {
    const model = network(true)
    const scores = scoreWindows(model, [features])[0].slice(0, labels)
    softmax(scores)
    const classifier = new FrozenClassifier(model, true, leftOut)
    const { loss } = await classifier.differentiate(features, TARGETS.slice(0, 3))
    expect(loss).toBeCloseTo(-Math.log(scores[1]), 5)
  })
})

test('statistics of batch normalisation stay as they are', async () => {
  const model = network(false)
  const weights = () => model.weights.map((weight) => [...weight.read().dataSync()])
  const before = weights()
  await new FrozenClassifier(model, false, []).differentiate(FEATURES, TARGETS)
  expect(weights()).toEqual(before)
})
