import * as v from 'valibot'
import { modelError } from './model-error.ts'
import { checkSchema } from './schema.ts'

/** Shape of one window inside the model, without the batch. */
export type LayerShape = readonly number[]

/** What one layer of a topology is and does to the shape. */
export interface CheckedLayer {
  readonly name: string
  readonly batchInputShape: unknown
  readonly output: LayerShape
  /** Multiply-adds, comparisons or values that it takes for one window. */
  readonly operations: number
  /** Shapes of its weights by name, in tf.layers' order. */
  readonly weights: readonly (readonly [string, LayerShape])[]
}

/** Checks a layer's configuration and follows the shapes it takes through it; throws LeafError naming `field`. */
export type LayerRule = (
  config: Record<string, unknown>,
  inputs: readonly LayerShape[],
  field: string,
) => CheckedLayer

const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096))
const pair = v.strictTuple([size, size])
const number = v.pipe(v.number(), v.finite())
const flag = v.boolean()
const padding = v.picklist(['same', 'valid'])
const channelsLast = v.optional(v.literal('channels_last'))
const activation = v.picklist([
  'linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'tanh', 'softplus', 'softsign', 'swish', 'mish',
]) // biome-ignore format: one list, read at a glance

/** Keys every layer may have. */
const common = {
  name: v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/, 'not 1 to 100 letters, digits, _ . or -')),
  trainable: v.optional(flag),
  dtype: v.optional(v.literal('float32')),
  batch_input_shape: v.optional(v.array(v.nullable(size))),
}
/** How a layer would start and be trained; nothing that inference looks at. */
const training = /_(initializer|regularizer|constraint)$/

type Output<Entries extends v.ObjectEntries> = v.InferOutput<
  v.StrictObjectSchema<Entries & typeof common, undefined>
>

/** Builds the rule of a layer of one input from its own keys, the rank of its input, and what it does to the shape. */
function rule<const Entries extends v.ObjectEntries>(
  entries: Entries,
  rank: number | null,
  apply: (
    config: Output<Entries>,
    input: LayerShape,
  ) => { output: LayerShape; weights?: CheckedLayer['weights']; area?: number },
): LayerRule {
  const schema = v.strictObject({ ...common, ...entries })
  return (config, inputs, field) => {
    const [input] = inputs
    if (inputs.length > 1) throw modelError(field, `takes one input, but gets ${inputs.length}`)
    if (rank !== null && input.length !== rank) {
      throw modelError(field, `takes an input of rank ${rank}, but gets one of shape [${input.join(', ')}]`)
    }
    const relevant = Object.fromEntries(Object.entries(config).filter(([key]) => !training.test(key)))
    const checked = checkSchema(schema, relevant, field) as Output<Entries> & { name: string }
    const { output, weights = [], area = 1 } = apply(checked, input)
    const places = productOf((output.length === input.length ? output : input).slice(0, -1))
    const numbers = weights.reduce((sum, [, shape]) => sum + productOf(shape), 0)
    const operations = Math.max(places * numbers, productOf(output) * area)
    return { name: checked.name, batchInputShape: relevant.batch_input_shape, output, operations, weights }
  }
}

const productOf = (shape: LayerShape) => shape.reduce((product, length) => product * length, 1)

const convolution = {
  kernel_size: pair,
  strides: pair,
  padding,
  data_format: channelsLast,
  dilation_rate: pair,
  activation,
  use_bias: flag,
}

interface Sliding {
  padding: 'same' | 'valid'
  strides: readonly number[]
  dilation_rate?: readonly number[]
}

/** Length of each of the first two axes after a sliding window. */
function slide(
  input: LayerShape,
  kernel: readonly number[],
  { padding, strides, dilation_rate }: Sliding,
): number[] {
  return kernel.map((taps, axis) => {
    const reach = (taps - 1) * (dilation_rate?.[axis] ?? 1) + 1
    const room = padding === 'same' ? input[axis] : input[axis] - reach + 1
    return Math.ceil(room / strides[axis])
  })
}

const bias = (used: boolean, length: number) => (used ? [['bias', [length]] as const] : [])
const keep = (_: unknown, input: LayerShape) => ({ output: input })
const pooling = { pool_size: pair, strides: pair, padding, data_format: channelsLast }
const pool = rule(pooling, 3, (config, input) => ({
  output: [...slide(input, config.pool_size, config), input[2]],
  area: productOf(config.pool_size.map((taps, axis) => Math.min(taps, input[axis]))),
}))
const lastAxis = (input: LayerShape) => input[input.length - 1]
const moments = ['moving_mean', 'moving_variance']

/** The only layer of several inputs: their last axes behind each other. */
const concatenation: LayerRule = (config, inputs, field) => {
  const { name, batch_input_shape } = checkSchema(
    v.strictObject({ ...common, axis: v.literal(-1) }),
    config,
    field,
  )
  const [first] = inputs
  const before = (shape: LayerShape) => String(shape.slice(0, -1))
  const other = inputs.find((shape) => shape.length !== first.length || before(shape) !== before(first))
  if (other) throw modelError(field, `cannot join [${first.join(', ')}] and [${other.join(', ')}]`)
  if (inputs.length < 2) throw modelError(field, 'takes two inputs or more, but gets one')
  const output = [...first.slice(0, -1), inputs.reduce((sum, shape) => sum + lastAxis(shape), 0)]
  return { name, batchInputShape: batch_input_shape, output, operations: productOf(output), weights: [] }
}

/** The layers a model file may name, as tf.layers names them. */
export const layerRules: Readonly<Record<string, LayerRule>> = {
  InputLayer: rule({ sparse: v.optional(v.literal(false)) }, null, keep),
  Conv2D: rule({ ...convolution, filters: size }, 3, (config, input) => ({
    output: [...slide(input, config.kernel_size, config), config.filters],
    weights: [
      ['kernel', [...config.kernel_size, input[2], config.filters]],
      ...bias(config.use_bias, config.filters),
    ],
  })),
  DepthwiseConv2D: rule({ ...convolution, depth_multiplier: size }, 3, (config, input) => {
    const channels = input[2] * config.depth_multiplier
    return {
      output: [...slide(input, config.kernel_size, config), channels],
      weights: [
        ['depthwise_kernel', [...config.kernel_size, input[2], config.depth_multiplier]],
        ...bias(config.use_bias, channels),
      ],
    }
  }),
  SeparableConv2D: rule({ ...convolution, filters: size }, 3, (config, input) => ({
    output: [...slide(input, config.kernel_size, config), config.filters],
    weights: [
      ['depthwise_kernel', [...config.kernel_size, input[2], 1]],
      ['pointwise_kernel', [1, 1, input[2], config.filters]],
      ...bias(config.use_bias, config.filters),
    ],
  })),
  Dense: rule({ units: size, activation, use_bias: flag }, null, (config, input) => ({
    output: [...input.slice(0, -1), config.units],
    weights: [['kernel', [lastAxis(input), config.units]], ...bias(config.use_bias, config.units)],
  })),
  BatchNormalization: rule(
    { axis: v.literal(-1), momentum: number, epsilon: number, center: flag, scale: flag },
    null,
    (config, input) => ({
      output: input,
      weights: [...(config.scale ? ['gamma'] : []), ...(config.center ? ['beta'] : []), ...moments].map(
        (name) => [name, [lastAxis(input)]] as const,
      ),
    }),
  ),
  Activation: rule({ activation }, null, keep),
  ReLU: rule({ max_value: v.nullish(number) }, null, keep),
  LeakyReLU: rule({ alpha: number }, null, keep),
  Dropout: rule({ rate: number, noise_shape: v.nullish(v.null()), seed: v.nullish(number) }, null, keep),
  GaussianNoise: rule({ stddev: number }, null, keep),
  MaxPooling2D: pool,
  AveragePooling2D: pool,
  GlobalAveragePooling2D: rule({ data_format: channelsLast }, 3, (_, input) => ({ output: [input[2]] })),
  GlobalMaxPooling2D: rule({ data_format: channelsLast }, 3, (_, input) => ({ output: [input[2]] })),
  GlobalAveragePooling1D: rule({}, 2, (_, input) => ({ output: [input[1]] })),
  GlobalMaxPooling1D: rule({}, 2, (_, input) => ({ output: [input[1]] })),
  Concatenate: concatenation,
  Flatten: rule({ data_format: channelsLast }, null, (_, input) => ({
    output: [input.reduce((product, length) => product * length, 1)],
  })),
  Reshape: rule(
    { target_shape: v.pipe(v.array(v.nullable(size)), v.maxLength(4)) },
    null,
    (config, input) => ({
      output: sameSize(config.target_shape, input),
    }),
  ),
  Permute: rule({ dims: v.array(size) }, null, (config, input) => ({
    output: config.dims.map((axis) => input[axis - 1] ?? Number.NaN),
  })),
}

/** The target, its one null replaced by what remains; where sizes do not match, a shape that is refused. */
function sameSize(target: readonly (number | null)[], input: LayerShape): LayerShape {
  const count = (shape: LayerShape) => shape.reduce((product, length) => product * length, 1)
  const known = count(target.map((length) => length ?? 1))
  const filled = target.map((length) => length ?? count(input) / known)
  return count(filled) === count(input) ? filled : [Number.NaN]
}
