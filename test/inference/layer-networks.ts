import fc from 'fast-check'
import { preset } from '../../src/frontend/index.ts'
import type { Model } from '../../src/model/index.ts'
import { layerRules } from '../../src/model/layers.ts'
import { checkTopology } from '../../src/model/topology.ts'
import { seeded, tinyModel } from '../model/tiny-model.ts'

/** A layer as a model file has it, but for its name. */
export interface Layer {
  readonly class_name: string
  readonly config: Readonly<Record<string, unknown>>
}

/** [windowFrames, channels]: odd, so that poolings leave something over. */
export const WINDOW = [13, 9] as const
const LABELS = 2

const ACTIVATIONS = [
  ...['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'tanh', 'softplus', 'softsign', 'swish', 'mish'],
]
const CONVOLUTIONS = ['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D']

const layer = (class_name: string, config: Layer['config'] = {}): Layer => ({ class_name, config })

function convolution(class_name: string, config: Layer['config'] = {}): Layer {
  const size = class_name === 'DepthwiseConv2D' ? { depth_multiplier: 2 } : { filters: 3 }
  const plain = {
    strides: [1, 1],
    dilation_rate: [1, 1],
    padding: 'same',
    activation: 'relu',
    use_bias: true,
  }
  return layer(class_name, { ...size, kernel_size: [2, 3], ...plain, ...config })
}

const dense = (config: Layer['config'] = {}): Layer =>
  layer('Dense', { units: 5, activation: 'linear', use_bias: true, ...config })
const normalised = (config: Layer['config'] = {}): Layer =>
  layer('BatchNormalization', {
    ...{ axis: -1, momentum: 0.9, epsilon: 1e-3, center: true, scale: true },
    ...config,
  })
const pooled = (class_name: string, config: Layer['config'] = {}): Layer =>
  layer(class_name, { pool_size: [2, 2], strides: [2, 2], padding: 'valid', ...config })
const flatten = layer('Flatten')
/** Of what it is given twice. */
const joined = layer('Concatenate', { axis: -1 })
const lines = layer('Reshape', { target_shape: [...WINDOW] })

/** Each of the activations behind every layer that can have one, with a bias and without. */
const activated = (activations: readonly string[]): Layer[][] =>
  [true, false].flatMap((use_bias) => [
    ...CONVOLUTIONS.map((kind) =>
      activations.map((activation) =>
        convolution(kind, {
          ...(kind === 'DepthwiseConv2D' && { depth_multiplier: 1 }),
          activation,
          use_bias,
        }),
      ),
    ),
    [lines, ...activations.map((activation) => dense({ activation, use_bias }))],
  ])

const others: Layer[][] = [
  ACTIVATIONS.map((activation) => layer('Activation', { activation })),
  [normalised(), layer('ReLU'), pooled('MaxPooling2D'), pooled('AveragePooling2D')],
  [pooled('MaxPooling2D', { padding: 'same' }), pooled('AveragePooling2D', { padding: 'same' })],
  [pooled('MaxPooling2D', { strides: [1, 1] }), pooled('AveragePooling2D', { pool_size: [1, 1] })],
  [
    layer('ReLU', { max_value: 6 }),
    layer('LeakyReLU', { alpha: 0.1 }),
    layer('Permute', { dims: [2, 1, 3] }),
  ],
  [convolution('Conv2D', { strides: [2, 2] }), convolution('Conv2D', { kernel_size: [1, 1] })],
  [layer('Dropout', { rate: 0.2 }), layer('GaussianNoise', { stddev: 0.1 }), flatten, normalised()],
  [lines, normalised(), layer('GlobalAveragePooling1D')],
  [layer('Reshape', { target_shape: [null, 3] }), layer('GlobalMaxPooling1D')],
  [layer('GlobalAveragePooling2D')],
  [layer('GlobalMaxPooling2D'), joined],
  [joined, layer('GlobalAveragePooling2D')],
  [layer('InputLayer'), flatten],
]

/** What has no gradient. */
const scoring: Layer[][] = [
  CONVOLUTIONS.map((kind) => convolution(kind, { dilation_rate: [2, 2] })),
  [normalised({ center: false }), normalised({ scale: false })],
]

/** Networks of every layer that a model file may have, with every option that may decide what is computed. */
export const everyLayer: readonly (readonly Layer[])[] = [...activated(ACTIVATIONS), ...others, ...scoring]

/** Those that can be trained; activations are the same behind all layers then, but for those that a layer does itself. */
export const trainable: readonly (readonly Layer[])[] = [...activated(['linear', 'relu']), ...others]

/** Whether a layer's gradient is one that WebAssembly lacks. */
export const isDepthwise = ({ class_name }: Layer) => /Depthwise|Separable/.test(class_name)

/**
 * Layers, flattened and followed by a dense layer and a sigmoid, with weights drawn at random.
 * @throws LeafError `model-file` for what no model file may have
 */
export function classifierOf(layers: readonly Layer[]): Model['classifier'] {
  const input = [...WINDOW, 1]
  const shape = layers.reduce<readonly number[]>(
    (before, { class_name, config }) =>
      layerRules[class_name](
        { name: 'x', ...config },
        class_name === 'Concatenate' ? [before, before] : [before],
        '',
      ).output,
    input,
  )
  const end = [
    ...(shape.length > 1 ? [flatten] : []),
    dense({ units: LABELS }),
    layer('Activation', { activation: 'sigmoid' }),
  ]
  const all = [...layers, ...end]
  const topology = all.includes(joined) ? graphOf(all, input) : chainOf(all, input)
  const checked = checkTopology(topology, input, { labels: LABELS, isHeaded: false })
  const random = seeded(5)
  const weights = checked.weights.map(({ name, shape }) => ({
    ...{ name, shape },
    values: Float32Array.from({ length: shape.reduce((product, length) => product * length, 1) }, () =>
      name.endsWith('variance') ? 1 + random() / 2 : random() / 2,
    ),
  }))
  return { topology: checked.topology, weights, windowFrames: WINDOW[0], hopFrames: 4 }
}

function chainOf(layers: readonly Layer[], input: readonly number[]) {
  const named = layers.map(({ class_name, config }, i) => ({
    class_name,
    config: { name: `layer${i}`, ...(i === 0 && { batch_input_shape: [null, ...input] }), ...config },
  }))
  return { class_name: 'Sequential', config: { name: 'network', layers: named } }
}

function graphOf(layers: readonly Layer[], input: readonly number[]) {
  const all = [layer('InputLayer', { batch_input_shape: [null, ...input] }), ...layers]
  const named = all.map((one, i) => {
    const from = [`layer${i - 1}`, 0, 0]
    return {
      name: `layer${i}`,
      class_name: one.class_name,
      config: { name: `layer${i}`, ...one.config },
      inbound_nodes: i === 0 ? [] : [one === joined ? [from, from] : [from]],
    }
  })
  const ends = { input_layers: [['layer0', 0, 0]], output_layers: [[`layer${layers.length}`, 0, 0]] }
  return { class_name: 'Functional', config: { name: 'network', layers: named, ...ends } }
}

/**
 * Every layer and every activation, one behind the other, in a model whose scores are one half whatever it hears: what is
 * tried is whether a backend has all of them.
 */
export function modelOfEveryLayer(): Model {
  const square = layer('Reshape', { target_shape: [2, 2] })
  const classifier = classifierOf([
    normalised(),
    ...CONVOLUTIONS.map((kind) => convolution(kind)),
    ...CONVOLUTIONS.map((kind) => convolution(kind, { dilation_rate: [2, 2], use_bias: false })),
    ...[convolution('Conv2D', { strides: [2, 2] }), pooled('MaxPooling2D'), pooled('AveragePooling2D')],
    ...ACTIVATIONS.map((activation) => layer('Activation', { activation })),
    ...[layer('ReLU'), layer('ReLU', { max_value: 6 }), layer('LeakyReLU', { alpha: 0.1 })],
    ...[layer('Dropout', { rate: 0.2 }), layer('GaussianNoise', { stddev: 0.1 })],
    ...[layer('Permute', { dims: [2, 1, 3] }), layer('GlobalMaxPooling2D'), joined],
    ...[dense({ units: 4 }), square, layer('GlobalAveragePooling1D'), normalised()],
    ...[dense({ units: 4 }), square, layer('GlobalMaxPooling1D')],
    ...[dense({ units: 4 }), layer('Reshape', { target_shape: [2, 2, 1] }), layer('GlobalAveragePooling2D')],
  ])
  for (const { values } of classifier.weights.slice(-2)) values.fill(0)
  return {
    ...tinyModel(),
    frontend: preset('leaf', { channels: WINDOW[1] }),
    classifier,
    probe: {
      input: Float32Array.from({ length: WINDOW[0] * WINDOW[1] }, (_, i) => Math.sin(i)),
      output: new Float32Array(LABELS).fill(0.5),
    },
  }
}

const oneOf = <Value>(...values: Value[]) => fc.constantFrom(...values)
const activation = oneOf(...ACTIVATIONS)
const padding = oneOf('same', 'valid')
const anyConvolution = fc
  .record({
    ...{ kind: oneOf(...CONVOLUTIONS), kernel_size: oneOf([1, 1], [2, 3], [3, 3]), padding, activation },
    ...{ use_bias: fc.boolean(), step: oneOf({}, { strides: [2, 2] }, { dilation_rate: [2, 2] }) },
  })
  .map(({ kind, step, ...config }) => convolution(kind, { ...config, ...step }))
  // tf.layers is wrong about the shape that these make, and refuses them.
  .filter(({ class_name, config }) => {
    const [dilation] = config.dilation_rate as number[]
    return class_name !== 'DepthwiseConv2D' || config.padding === 'same' || dilation === 1
  })
const anyPooling = fc
  .record({
    ...{ kind: oneOf('MaxPooling2D', 'AveragePooling2D'), pool_size: oneOf([1, 1], [2, 3]) },
    ...{ strides: oneOf([1, 1], [2, 2]), padding },
  })
  .map(({ kind, ...config }) => pooled(kind, config))
const anywhere = fc.oneof(
  activation.map((name) => layer('Activation', { activation: name })),
  fc
    .record({ activation, use_bias: fc.boolean(), units: fc.integer({ min: 1, max: 9 }) })
    .map((config) => dense(config)),
  fc.record({ center: fc.boolean(), scale: fc.boolean() }).map((config) => normalised(config)),
  oneOf(layer('ReLU'), layer('ReLU', { max_value: 6 }), layer('LeakyReLU', { alpha: 0.2 })),
  oneOf(layer('Dropout', { rate: 0.5 }), layer('GaussianNoise', { stddev: 1 }), joined),
)
const onPictures = fc.oneof(
  anyConvolution,
  anyPooling,
  anywhere,
  oneOf([1, 2, 3], [2, 1, 3], [3, 1, 2]).map((dims) => layer('Permute', { dims })),
)
const toVector = oneOf([layer('GlobalAveragePooling2D')], [layer('GlobalMaxPooling2D')], [flatten])
const toLines = oneOf([lines, layer('GlobalAveragePooling1D')], [lines, layer('GlobalMaxPooling1D')])

/** Any classifier that a model file may have. */
export const anyClassifier: fc.Arbitrary<Model['classifier']> = fc
  .tuple(
    fc.oneof(
      fc.tuple(fc.array(onPictures, { maxLength: 5 }), toVector).map(([some, end]) => [...some, ...end]),
      toLines,
    ),
    fc.array(anywhere, { maxLength: 2 }),
  )
  .map(([front, back]) => [...front, ...back])
  .filter(isLegal)
  .map(classifierOf)

function isLegal(layers: readonly Layer[]): boolean {
  try {
    classifierOf(layers)
    return true
  } catch {
    return false
  }
}
