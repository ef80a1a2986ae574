import { preset } from '../../src/frontend/index.ts'
import type { Head, Model } from '../../src/model/index.ts'

export const LABELS = ['beep', 'hum']
/** Two heads, which share a label's name. */
export const HEADS: readonly Head[] = [
  { name: 'sound', labels: 2 },
  { name: 'place', labels: 3 },
]
const HEADED_LABELS = ['beep', 'hum', 'hall', 'street', 'beep']
const CHANNELS = 4
const WINDOW = 6
const FILTERS = 3

/** Reproducible numbers in [-1, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

/** A real classifier in miniature: conv 3 × 3 with ReLU, global mean, dense with a sigmoid for two labels. */
export function tinyModel(seed = 1): Model {
  return modelOf(seed, LABELS)
}

/** The same with two heads of two and three labels. */
export function headedModel(seed = 1): Model {
  return modelOf(seed, HEADED_LABELS, HEADS)
}

const SLOW_WINDOW = 100
const SLOW_FILTERS = 48
/** The probability for which both labels stand out of the slow model, whatever it looks at. */
export const SLOW_SCORE = 1 / (1 + Math.exp(-2))

/**
 * Two convolutions of 9 × 9 over a second of four channels, which plain JavaScript takes ten times as long for as the hop of
 * 20 ms. Their weights are zero, so that the scores are the offset's.
 */
export function slowModel(): Model {
  const model = tinyModel()
  const labels = LABELS.length
  const input = new Float32Array(SLOW_WINDOW * CHANNELS)
  const convolution = (name: string, first: object = {}) => ({
    class_name: 'Conv2D',
    config: {
      name,
      filters: SLOW_FILTERS,
      kernel_size: [9, 9],
      strides: [1, 1],
      padding: 'same',
      data_format: 'channels_last',
      dilation_rate: [1, 1],
      activation: 'relu',
      use_bias: true,
      ...first,
    },
  })
  const zeros = (name: string, shape: number[]) => ({
    name,
    shape,
    values: new Float32Array(shape.reduce((product, size) => product * size)),
  })
  return {
    ...model,
    classifier: {
      topology: {
        class_name: 'Sequential',
        config: {
          name: 'slow',
          layers: [
            convolution('conv', { batch_input_shape: [null, SLOW_WINDOW, CHANNELS, 1], dtype: 'float32' }),
            convolution('conv2'),
            {
              class_name: 'GlobalAveragePooling2D',
              config: { name: 'mean', data_format: 'channels_last' },
            },
            {
              class_name: 'Dense',
              config: { name: 'scores', units: labels, activation: 'sigmoid', use_bias: true },
            },
          ],
        },
      },
      weights: [
        zeros('conv/kernel', [9, 9, 1, SLOW_FILTERS]),
        zeros('conv/bias', [SLOW_FILTERS]),
        zeros('conv2/kernel', [9, 9, SLOW_FILTERS, SLOW_FILTERS]),
        zeros('conv2/bias', [SLOW_FILTERS]),
        zeros('scores/kernel', [SLOW_FILTERS, labels]),
        { name: 'scores/bias', shape: [labels], values: new Float32Array(labels).fill(2) },
      ],
      windowFrames: SLOW_WINDOW,
      hopFrames: 2,
    },
    probe: { input, output: new Float32Array(labels).fill(SLOW_SCORE) },
  }
}

function modelOf(seed: number, labels: readonly string[], heads?: readonly Head[]): Model {
  const random = seeded(seed)
  const numbers = (count: number) => Float32Array.from({ length: count }, random)
  const weights = [
    { name: 'conv/kernel', shape: [3, 3, 1, FILTERS], values: numbers(9 * FILTERS) },
    { name: 'conv/bias', shape: [FILTERS], values: numbers(FILTERS) },
    { name: 'scores/kernel', shape: [FILTERS, labels.length], values: numbers(FILTERS * labels.length) },
    { name: 'scores/bias', shape: [labels.length], values: numbers(labels.length) },
  ]
  const input = numbers(2 * WINDOW * CHANNELS)
  const model: Model = {
    frontend: preset('leaf', { channels: CHANNELS }),
    classifier: {
      topology: tinyTopology(labels.length, heads ? 'linear' : 'sigmoid'),
      weights,
      windowFrames: WINDOW,
      hopFrames: 2,
    },
    labels,
    ...(heads && { heads }),
    decoding: {
      smoothingSeconds: 0.05,
      mergeGapSeconds: 0.2,
      labels: labels.map(() => ({ on: 0.6, off: 0.4, minimumSeconds: 0.1 })),
    },
    probe: { input, output: new Float32Array(2 * labels.length) },
    card: {
      name: 'tiny',
      description: 'two made-up labels',
      data: ['none'],
      licences: ['CC0-1.0'],
      credits: [],
      metrics: { 'test F1': 0.5 },
    },
  }
  model.probe.output.set(tinyScores(model, input))
  return model
}

/** The scores of the tiny model written out as loops, for windows one after the other. */
export function tinyScores(model: Model, windows: Float32Array): Float32Array {
  const [kernel, bias, dense, offset] = model.classifier.weights.map(({ values }) => values)
  const length = WINDOW * CHANNELS
  const labels = offset.length
  const scores: number[] = []
  for (let start = 0; start < windows.length; start += length) {
    const at = (t: number, c: number) =>
      t < 0 || t >= WINDOW || c < 0 || c >= CHANNELS ? 0 : windows[start + t * CHANNELS + c]
    const means = Array.from({ length: FILTERS }, (_, filter) => {
      let sum = 0
      for (let t = 0; t < WINDOW; t++) {
        for (let c = 0; c < CHANNELS; c++) {
          let value = bias[filter]
          for (let tap = 0; tap < 9; tap++) {
            value += kernel[tap * FILTERS + filter] * at(t + Math.floor(tap / 3) - 1, c + (tap % 3) - 1)
          }
          sum += Math.max(0, value)
        }
      }
      return sum / length
    })
    const logits = Array.from(offset, (start, label) =>
      means.reduce((sum, mean, filter) => sum + mean * dense[filter * labels + label], start),
    )
    if (model.heads) scores.push(...softmaxes(logits, model.heads))
    else scores.push(...logits.map((logit) => 1 / (1 + Math.exp(-logit))))
  }
  return Float32Array.from(scores)
}

function softmaxes(logits: readonly number[], heads: readonly Head[]): number[] {
  const rest = [...logits]
  return heads.flatMap(({ labels }) => {
    const powers = rest.splice(0, labels).map(Math.exp)
    const sum = powers.reduce((total, power) => total + power)
    return powers.map((power) => power / sum)
  })
}

/** As `model.toJSON` writes it, less how layers start and are trained. */
function tinyTopology(units: number, activation: string): Model['classifier']['topology'] {
  return {
    class_name: 'Sequential',
    config: {
      name: 'tiny',
      layers: [
        {
          class_name: 'Conv2D',
          config: {
            name: 'conv',
            filters: FILTERS,
            kernel_size: [3, 3],
            strides: [1, 1],
            padding: 'same',
            data_format: 'channels_last',
            dilation_rate: [1, 1],
            activation: 'relu',
            use_bias: true,
            kernel_initializer: { class_name: 'Zeros', config: {} },
            batch_input_shape: [null, WINDOW, CHANNELS, 1],
            dtype: 'float32',
          },
        },
        { class_name: 'GlobalAveragePooling2D', config: { name: 'mean', data_format: 'channels_last' } },
        { class_name: 'Dense', config: { name: 'scores', units, activation, use_bias: true } },
      ],
    },
  }
}
