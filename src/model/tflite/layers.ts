import type { Topology } from '../layer-graph.ts'
import type { Weight } from '../weights.ts'
import { type LiteGraph, type LiteOperator, type LiteTensor, liteError, numbersOf, shown } from './graph.ts'

/** Layers as tf.layers names them, from the features on, and their weights in that order. */
export interface Chain {
  /** What the first layer is given. */
  readonly input: LiteTensor
  readonly layers: Topology['config']['layers']
  readonly weights: readonly Weight[]
}

/** Name of the layer whose output stands for a sound: the mean over time and frequency. */
export const EMBEDDING = 'embedding'

/** `BuiltinOperator` of the schema. */
const CODE = { convolution: 3, depthwise: 4, dense: 9, sigmoid: 14, mean: 40 } as const
/** `ActivationFunctionType`. */
const ACTIVATIONS: Readonly<Record<number, string>> = { 0: 'linear', 1: 'relu', 3: 'relu6' }
const PADDINGS = ['same', 'valid']

type Layer = Topology['config']['layers'][number]

/** The chain of layers that ends in the graph's output, as far back as there are layers. */
export function layerChain({ operators, output }: LiteGraph): Chain {
  const chain: LiteOperator[] = []
  let input = output
  for (;;) {
    const before = operators.find(({ outputs }) => outputs.includes(input))
    if (!before || !isLayer(before)) break
    chain.unshift(before)
    input = wanted(before.inputs[0], 'an input')
  }
  const layers: Layer[] = []
  const weights: Weight[] = []
  let depth = 1
  chain.forEach((operator, i) => {
    if (operator.code === CODE.depthwise) depth++
    const isPointwise = chain[i - 1]?.code === CODE.depthwise
    const part = operator.code === CODE.depthwise ? '_depthwise' : isPointwise ? '_pointwise' : ''
    const made = layerOf(operator, `layer${depth}${part}`)
    layers.push(made.layer)
    weights.push(...made.weights)
  })
  return { input, layers, weights }
}

function isLayer({ code }: LiteOperator): boolean {
  return (Object.values(CODE) as number[]).includes(code)
}

function layerOf(operator: LiteOperator, name: string): { layer: Layer; weights: Weight[] } {
  switch (operator.code) {
    case CODE.convolution: {
      const kernel = wanted(operator.inputs[1], 'a kernel')
      const [filters, ...size] = kernel.shape
      const layer = { class_name: 'Conv2D', config: { name, filters, ...sliding(operator, size, 3) } }
      return { layer, weights: [outputLast(kernel, `${name}/kernel`), ...biasOf(operator, name)] }
    }
    case CODE.depthwise: {
      const kernel = wanted(operator.inputs[1], 'a kernel')
      const [, ...size] = kernel.shape
      const config = { name, depth_multiplier: 1, ...sliding(operator, size, 4) }
      const layer = { class_name: 'DepthwiseConv2D', config }
      return { layer, weights: [depthwise(kernel, `${name}/depthwise_kernel`), ...biasOf(operator, name)] }
    }
    case CODE.mean:
      return { layer: meanOf(operator), weights: [] }
    case CODE.dense: {
      const kernel = wanted(operator.inputs[1], 'a kernel')
      const config = {
        name: 'dense',
        units: kernel.shape[0],
        activation: activationOf(operator.options?.int8(0) ?? 0),
        use_bias: true,
      }
      const weights = [outputLast(kernel, 'dense/kernel'), ...biasOf(operator, 'dense')]
      return { layer: { class_name: 'Dense', config }, weights }
    }
    default:
      return {
        layer: { class_name: 'Activation', config: { name: 'scores', activation: 'sigmoid' } },
        weights: [],
      }
  }
}

/** @param activation field of the options in which the activation stands */
function sliding({ options }: LiteOperator, [height, width]: readonly number[], activation: 3 | 4) {
  const field = (number: number, otherwise: number) => options?.int32(number, otherwise) ?? otherwise
  return {
    kernel_size: [height, width],
    strides: [field(2, 1), field(1, 1)],
    padding: PADDINGS[options?.int8(0) ?? 0],
    data_format: 'channels_last',
    dilation_rate: [field(activation + 2, 1), field(activation + 1, 1)],
    activation: activationOf(options?.int8(activation) ?? 0),
    use_bias: true,
  }
}

function activationOf(code: number): string {
  const activation = ACTIVATIONS[code]
  if (activation === undefined) throw liteError(`has the activation ${code}`, 'Give one with none or ReLU.')
  return activation
}

/** A mean over time and frequency, [windows, frames, channels, features] → [windows, features]. */
function meanOf({ inputs }: LiteOperator): Layer {
  const { values } = numbersOf(wanted(inputs[1], 'axes'))
  if ([...values].sort().join() !== '1,2')
    throw liteError(
      `has a mean over the axes ${[...values].join(', ')}`,
      'Give one with a mean over 1 and 2.',
    )
  return { class_name: 'GlobalAveragePooling2D', config: { name: EMBEDDING, data_format: 'channels_last' } }
}

function biasOf({ inputs }: LiteOperator, layer: string): Weight[] {
  const bias = wanted(inputs[2], 'a bias')
  return [{ name: `${layer}/bias`, shape: bias.shape, values: floats(bias) }]
}

function floats(tensor: LiteTensor): Float32Array {
  const { values, isInt8 } = numbersOf(tensor)
  if (isInt8) throw liteError(`has the bias ${shown(tensor.name)} in int8`, 'Give one with biases in float.')
  return values
}

/** [outputs, …, inputs] → […, inputs, outputs]. */
function outputLast(kernel: LiteTensor, name: string): Weight {
  const { values, isInt8 } = numbersOf(kernel)
  const [outputs, ...inner] = kernel.shape
  const shape = [...inner, outputs]
  const rows = values.length / outputs
  const turned = values.map((_, i) => values[(i % outputs) * rows + Math.floor(i / outputs)])
  return isInt8
    ? scaled(kernel, 0, { name, shape, values: turned }, shape.length - 1)
    : { name, shape, values: turned }
}

/** [1, height, width, channels] → [height, width, channels, 1]: the same numbers in the same order. */
function depthwise(kernel: LiteTensor, name: string): Weight {
  const { values, isInt8 } = numbersOf(kernel)
  const [multiple, ...inner] = kernel.shape
  if (multiple !== 1)
    throw liteError(`has the depthwise kernel [${kernel.shape.join(', ')}]`, 'Give one of [1, …].')
  const shape = [...inner, 1]
  return isInt8 ? scaled(kernel, 3, { name, shape, values }, 2) : { name, shape, values }
}

/** @param axis along which the scales of the kernel may lie; @param here where that axis is in the weight */
function scaled(kernel: LiteTensor, axis: number, weight: Weight, here: number): Weight {
  const { scales } = kernel
  const { shape, values } = weight
  const isAlong = scales.length > 1
  if (scales.length !== 1 && !(kernel.axis === axis && scales.length === shape[here]))
    throw liteError(
      `has ${scales.length} scales for ${shown(kernel.name)}`,
      'Give one scale per output channel.',
    )
  const inner = shape.slice(here + 1).reduce((product, size) => product * size, 1)
  return {
    ...weight,
    values: values.map((value, i) => value * scales[isAlong ? Math.floor(i / inner) % scales.length : 0]),
    storage: {
      type: 'int8',
      scales: {
        shape: shape.map((size, i) => (isAlong && i === here ? size : 1)),
        values: Float32Array.from(scales),
      },
    },
  }
}

function wanted(tensor: LiteTensor | null | undefined, what: string): LiteTensor {
  if (!tensor) throw liteError(`has a layer without ${what}`, 'Fetch the file again.')
  return tensor
}
