import '@tensorflow/tfjs-backend-wasm'
import { tensor, type Variable } from '@tensorflow/tfjs-core'
import { layers, sequential } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, test } from 'vitest'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { LayersNetwork } from '../../../src/learning/network/layers-network.ts'
import { createNetwork } from '../../../src/learning/network/network.ts'
import { scoreWindows } from '../../../src/learning/network/score-windows.ts'
import { TrainableClassifier } from '../../../src/learning/network/trainable-classifier.ts'
import { Random } from '../../../src/learning/random/random.ts'

const SIZES = { windowFrames: 32, channels: 16, labels: 3, seed: 2 }
const SIZE = 4

function newClassifier(heads: readonly number[] | undefined, labels = SIZES.labels) {
  const model = createNetwork({ ...SIZES, labels, activation: heads ? 'linear' : 'sigmoid' })
  return { model, classifier: new TrainableClassifier(model, { seed: 1, dropout: 0.3, heads }) }
}

function newFeatures(seed: number): Float32Array {
  const random = new Random(seed)
  return Float32Array.from({ length: SIZE * 32 * 16 }, () => random.normal())
}

beforeAll(prepareBackend)

test.each([
  ['sigmoids', undefined, [0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0]],
  ['one head', [3], [0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0]],
  ['two heads', [1, 2], [0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0]],
] as const)('the gradient at the features is that of the loss, with %s', async (_, heads, labels) => {
  const { classifier } = newClassifier(heads)
  const targets = Float32Array.from(labels)
  const features = newFeatures(3)
  const gradient = (await classifier.differentiate(features, targets, 7, true)).features!
  expect(gradient).toHaveLength(features.length)
  const direction = gradient.map((value) => value / Math.max(...gradient.map(Math.abs)))
  const lossAt = async (step: number) => {
    const moved = features.map((value, i) => value + step * direction[i])
    return (await classifier.differentiate(moved, targets, 7, false)).loss
  }
  const slope = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02
  const expected = gradient.reduce((sum, value, i) => sum + value * direction[i], 0)
  expect(Math.abs(slope / expected - 1)).toBeLessThan(0.02)
})

describe('an example speaks to the head of its label only', () => {
  const HEADS = [2, 3, 2]
  const LABELS = 7
  const targetsOf = (labels: readonly number[]) =>
    Float32Array.from(labels.flatMap((own) => Array.from({ length: LABELS }, (_, i) => Number(i === own))))

  /** Gradients at the bias and, row by row, the kernel of the last layer: one per label. */
  async function gradientsOf(labels: readonly number[]): Promise<number[][]> {
    const { classifier } = newClassifier(HEADS, LABELS)
    const { weights } = await classifier.differentiate(newFeatures(5), targetsOf(labels), 0, false)
    const [kernel, bias] = weights.slice(-2)
    const rows = Array.from({ length: kernel.length / LABELS }, (_, i) =>
      Array.from(kernel.subarray(i * LABELS, (i + 1) * LABELS)),
    )
    return [Array.from(bias), ...rows]
  }

  test('the gradient of the other heads is exactly 0', async () => {
    const rows = await gradientsOf([2, 4, 3, 3])
    for (const row of rows) {
      expect([row[0], row[1], row[5], row[6]].map(Math.abs)).toEqual([0, 0, 0, 0])
    }
    expect(rows[0].slice(2, 5).every((value) => Math.abs(value) > 1e-4)).toBe(true)
  })

  test('in a batch of several tasks every head learns, each from its own examples', async () => {
    const [bias] = await gradientsOf([0, 5, 6, 1])
    expect(bias.slice(2, 5).map(Math.abs)).toEqual([0, 0, 0])
    // Shares of a softmax sum to 1, and so do the targets.
    expect(bias[0] + bias[1]).toBeCloseTo(0, 6)
    expect(bias[5] + bias[6]).toBeCloseTo(0, 6)
    expect(Math.abs(bias[0])).toBeGreaterThan(1e-4)
    expect(Math.abs(bias[5])).toBeGreaterThan(1e-4)
  })

  test('the loss does not depend on the logits of the others', async () => {
    const lossWith = async (bias: number[]) => {
      const { model, classifier } = newClassifier(HEADS, LABELS)
      const offsets = model.trainableWeights[model.trainableWeights.length - 1].read() as Variable
      offsets.assign(tensor(bias))
      return (await classifier.differentiate(newFeatures(5), targetsOf([2, 4, 3, 3]), 0, false)).loss
    }
    const loss = await lossWith([0, 0, 0, 0, 0, 0, 0])
    expect(await lossWith([50, -3, 0, 0, 0, 80, 9])).toBe(loss)
    expect(await lossWith([0, 0, 1, 0, 0, 0, 0])).not.toBe(loss)
  })
})

test('where the last layer alone learns, the others answer as they do live, and nothing of them is written', async () => {
  const model = createNetwork({ ...SIZES, activation: 'sigmoid' })
  const classifier = new TrainableClassifier(model, { seed: 1, dropout: 0, lastOnly: true })
  const held = () => model.weights.map((weight) => weight.read().dataSync().slice())
  const before = held()
  const features = newFeatures(3)
  const targets = Float32Array.from({ length: SIZE * SIZES.labels }, (_, i) => i % 2)
  const { loss, weights } = await classifier.differentiate(features, targets, 0, true)
  const dense = model.layers.at(-2)!.weights.map(({ shape }) => shape.reduce((size, n) => size! * n!, 1))
  expect(weights.map(({ length }) => length)).toEqual(dense)
  expect(held()).toEqual(before)
  const windows = Array.from({ length: SIZE }, (_, i) => features.subarray(i * 512, (i + 1) * 512))
  const losses = scoreWindows(model, windows).flatMap((scores, i) =>
    Array.from(scores, (score, label) => -Math.log(targets[i * 3 + label] ? score : 1 - score)),
  )
  expect(loss).toBeCloseTo(losses.reduce((sum, value) => sum + value, 0) / losses.length, 5)
})

test.each(['center', 'scale'])(
  'a batch normalisation without %s is refused, but for its last layer',
  (part) => {
    const model = sequential({
      layers: [
        layers.batchNormalization({ inputShape: [32, 16, 1], name: 'level', [part]: false }),
        layers.flatten(),
        layers.dense({ units: 3 }),
        layers.activation({ activation: 'sigmoid' }),
      ],
    })
    const options = { seed: 1, dropout: 0, heads: undefined }
    expect(() => new LayersNetwork(model, options)).toThrow(/layer level normalises without/)
    expect(new LayersNetwork(model, { ...options, lastOnly: true }).window).toEqual([32, 16])
  },
)
