import { square, type Tensor, tensor } from '@tensorflow/tfjs-core'
import { layers, sequential } from '@tensorflow/tfjs-layers'
import { expect, test } from 'vitest'
import { LeafError } from '../../src/error.ts'
import { preset } from '../../src/frontend/index.ts'
import { describeLayersModel } from '../../src/inference/index.ts'
import { loadClassifier } from '../../src/inference/node.ts'
import { type Model, readModel, selectHeads, writeModel } from '../../src/model/index.ts'
import { HEADS, headedModel, seeded, tinyModel, tinyScores } from '../model/tiny-model.ts'

test('a model file scores batches of windows on WebAssembly as its equations say', async () => {
  const model = readModel(writeModel(tinyModel()))
  const classifier = await loadClassifier(model)
  expect(classifier.backend).toBe('wasm')
  expect(classifier.attempts).toEqual([
    { backend: 'wasm', accepted: true, reason: 'its scores for the probe are right' },
  ])
  const random = seeded(7)
  const windows = Float32Array.from({ length: 5 * 6 * 4 }, random)
  const scores = await classifier.infer(windows, 5)
  const expected = tinyScores(model, windows)
  expect(scores.length).toBe(10)
  scores.forEach((score, i) => {
    expect(score).toBeCloseTo(expected[i], 5)
  })
  classifier.dispose()
})

test('with heads the scores of each sum to 1, and those of one head are the same without the others', async () => {
  const model = readModel(writeModel(headedModel()))
  const random = seeded(7)
  const windows = Float32Array.from({ length: 5 * 6 * 4 }, random)
  const scoresOf = async (some: Model) => {
    const classifier = await loadClassifier(some)
    const scores = await classifier.infer(windows, 5)
    classifier.dispose()
    return scores
  }
  const scores = await scoresOf(model)
  const expected = tinyScores(model, windows)
  scores.forEach((score, i) => {
    expect(score).toBeCloseTo(expected[i], 5)
  })
  const places = await scoresOf(selectHeads(model, ['place']))
  for (let window = 0; window < 5; window++) {
    const [sound, place] = HEADS.map(({ labels }, i) =>
      scores.subarray(5 * window + 2 * i, 5 * window + 2 * i + labels),
    )
    for (const head of [sound, place]) expect(head.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 6)
    place.forEach((score, i) => {
      expect(places[3 * window + i]).toBeCloseTo(score, 6)
    })
  }
})

test('a model whose probe is wrong everywhere runs nowhere, and the error says what each backend did', async () => {
  const model = tinyModel()
  model.probe.output[0] += 0.01
  const error: LeafError = await loadClassifier(model).then(
    () => expect.unreachable(),
    (reason) => reason,
  )
  expect(error).toBeInstanceOf(LeafError)
  expect(error.code).toBe('classifier')
  expect(error.message).toMatch(
    /wasm: its scores for the probe are off by 0\.010; cpu: its scores .* off by 0\.010/,
  )
  expect(error.remedy).toMatch(/the model file is/)
})

test('a classifier that gives no scores between 0 and 1 is refused', async () => {
  const model = tinyModel()
  model.classifier.weights[0].values.fill(3e38)
  await expect(loadClassifier(model)).rejects.toThrow(/wasm: The classifier gave NaN as a score/)
})

test('every layer a file may name is built by TensorFlow.js with the weights and shapes the file is checked for', async () => {
  const relu = { activation: 'relu' } as const
  const net = sequential({
    layers: [
      layers.inputLayer({ inputShape: [16, 8, 1] }),
      layers.batchNormalization(),
      layers.gaussianNoise({ stddev: 0.1 }),
      layers.conv2d({ filters: 4, kernelSize: [3, 5], strides: [2, 1], padding: 'same', ...relu }),
      layers.conv2d({ filters: 4, kernelSize: 2, dilationRate: [2, 1], useBias: false }),
      layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
      layers.leakyReLU({ alpha: 0.1 }),
      layers.separableConv2d({ filters: 6, kernelSize: 3, padding: 'same', ...relu }),
      layers.reLU({ maxValue: 6 }),
      layers.maxPooling2d({ poolSize: [2, 3], strides: [1, 2], padding: 'same' }),
      layers.averagePooling2d({ poolSize: [2, 1] }),
      layers.dropout({ rate: 0.2 }),
      layers.permute({ dims: [2, 1, 3] }),
      layers.reshape({ targetShape: [-1, 6] }),
      layers.dense({ units: 5, activation: 'tanh' }),
      layers.globalMaxPooling1d(),
      layers.reshape({ targetShape: [5, 1, 1] }),
      layers.flatten(),
      layers.activation({ activation: 'elu' }),
      layers.dense({ units: 2, activation: 'sigmoid' }),
    ],
  })
  const random = seeded(3)
  net.setWeights(
    net.weights.map(({ originalName, shape }) => {
      const values = tensor(
        Array.from({ length: (shape as number[]).reduce((a, b) => a * b, 1) }, random),
        shape as number[],
      )
      return originalName.endsWith('moving_variance') ? square(values) : values
    }),
  )
  const input = Float32Array.from({ length: 3 * 128 }, random)
  const output = Float32Array.from((net.predict(tensor(input, [3, 16, 8, 1])) as Tensor).dataSync())
  const { topology, weights } = describeLayersModel(net)
  const model: Model = {
    ...tinyModel(),
    frontend: preset('leaf', { channels: 8 }),
    classifier: { topology, weights, windowFrames: 16, hopFrames: 4 },
    probe: { input, output },
  }
  const back = readModel(writeModel(model))
  expect(back.classifier.topology).toEqual(topology)
  expect(new Set(back.classifier.weights)).toEqual(new Set(weights))
  const classifier = await loadClassifier(back)
  expect(classifier.backend).toBe('wasm')
  const scores = await classifier.infer(input, 3)
  scores.forEach((score, i) => {
    expect(score).toBeCloseTo(output[i], 5)
  })
})
