import { preset } from '../../src/frontend/index.ts'
import type { Model } from '../../src/model/index.ts'

const CHANNELS = 8
const WINDOW = 20
const GAIN = 8
const THRESHOLD = -3

/** The same as two heads: one that says quiet or loud, one that says loud all the time. */
export function headedLoudModel(): Model {
  const model = loudModel()
  const [kernel, bias] = model.classifier.weights
  const { config } = model.classifier.topology
  const [flat, dense] = config.layers
  const layers = [flat, { ...dense, config: { ...dense.config, units: 4, activation: 'linear' } }]
  const scoresOf = (score: number) => [1 - score, score, 1 / (1 + Math.exp(-3)), 1 / (1 + Math.exp(3))]
  return {
    ...model,
    classifier: {
      ...model.classifier,
      topology: { ...model.classifier.topology, config: { ...config, layers } },
      weights: [
        {
          name: kernel.name,
          shape: [kernel.values.length, 4],
          values: Float32Array.from(Array.from(kernel.values).flatMap((value) => [0, value, 0, 0])),
        },
        { name: bias.name, shape: [4], values: Float32Array.of(0, bias.values[0], 3, 0) },
      ],
    },
    labels: ['quiet', 'loud', 'loud', 'never'],
    heads: [
      { name: 'level', labels: 2 },
      { name: 'stubborn', labels: 2 },
    ],
    decoding: { ...model.decoding, labels: new Array(4).fill(model.decoding.labels[0]) },
    probe: { input: model.probe.input, output: Float32Array.from([...model.probe.output].flatMap(scoresOf)) },
  }
}

/** A classifier that hears whether the mean of a window of 0.2 s is large: one dense layer on the log of mel bands. */
export function loudModel(): Model {
  const size = WINDOW * CHANNELS
  const quiet = new Float32Array(size).fill(-5)
  const loud = new Float32Array(size).fill(0)
  const score = (mean: number) => 1 / (1 + Math.exp(-GAIN * (mean - THRESHOLD)))
  return {
    frontend: preset('mel-log', { channels: CHANNELS }),
    classifier: {
      topology: {
        class_name: 'Sequential',
        config: {
          name: 'loud',
          layers: [
            {
              class_name: 'Flatten',
              config: { name: 'flat', batch_input_shape: [null, WINDOW, CHANNELS, 1], dtype: 'float32' },
            },
            {
              class_name: 'Dense',
              config: { name: 'scores', units: 1, activation: 'sigmoid', use_bias: true },
            },
          ],
        },
      },
      weights: [
        { name: 'scores/kernel', shape: [size, 1], values: new Float32Array(size).fill(GAIN / size) },
        { name: 'scores/bias', shape: [1], values: Float32Array.of(-GAIN * THRESHOLD) },
      ],
      windowFrames: WINDOW,
      hopFrames: 2,
    },
    labels: ['loud'],
    decoding: {
      smoothingSeconds: 0,
      mergeGapSeconds: 0.1,
      labels: [{ on: 0.5, off: 0.4, minimumSeconds: 0.05 }],
    },
    probe: {
      input: Float32Array.of(...quiet, ...loud),
      output: Float32Array.of(score(-5), score(0)),
    },
    card: {
      name: 'loud',
      description: 'hears whether it is loud',
      data: ['none'],
      licences: ['CC0-1.0'],
      credits: [],
      metrics: {},
    },
  }
}
