import {
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropFilterInputs,
  type Conv2DBackpropInputAttrs,
  type Conv2DBackpropInputInputs,
  conv2d,
  getKernel,
  image,
  type KernelConfig,
  type MaxPoolAttrs,
  type MaxPoolGradInputs,
  mul,
  pad,
  registerKernel,
  reverse,
  slice,
  step,
  sub,
  type Tensor4D,
  tidy,
  transpose,
  unregisterKernel,
} from '@tensorflow/tfjs-core'

type Pair = [number, number]
type Defined<Inputs> = { [Name in keyof Inputs]: NonNullable<Inputs[Name]> }
type Padding = Conv2DBackpropFilterAttrs['pad']
const BACKEND = 'wasm'

/**
 * Gives the WASM backend the kernels without which a convolutional tf.layers model cannot be trained on it:
 * Conv2DBackpropFilter, which it lacks; Conv2DBackpropInput, which is slow there; MaxPoolGrad, which is wrong there
 * where the maximum of a window is negative. All three are written as forward operations, which are fast. Call once,
 * after the backend has been imported; the other backends keep their own kernels.
 */
export function registerTrainingKernels(): void {
  replace('Conv2DBackpropFilter', ({ inputs, attrs }) =>
    filterGradient(
      inputs as unknown as Defined<Conv2DBackpropFilterInputs>,
      attrs as unknown as Conv2DBackpropFilterAttrs,
    ),
  )
  const inputGradientOfAnyStride = getKernel('Conv2DBackpropInput', BACKEND).kernelFunc
  replace('Conv2DBackpropInput', (call) => {
    const attributes = call.attrs as unknown as Conv2DBackpropInputAttrs
    if (pair(attributes.strides).some((stride) => stride > 1)) return inputGradientOfAnyStride(call)
    return inputGradient(call.inputs as unknown as Defined<Conv2DBackpropInputInputs>, attributes)
  })
  const gradientOfAnyPooling = getKernel('MaxPoolGrad', BACKEND).kernelFunc
  replace('MaxPoolGrad', (call) => {
    const attributes = call.attrs as unknown as MaxPoolAttrs
    const [height, width] = pair(attributes.filterSize)
    const [down, across] = pair(attributes.strides)
    if (attributes.pad !== 'valid' || height !== down || width !== across) return gradientOfAnyPooling(call)
    return poolingGradient(call.inputs as unknown as Defined<MaxPoolGradInputs>, [height, width])
  })
}

/** The filter's gradient is the correlation of input and output gradient, the batch taking the channels' place. */
function filterGradient(
  { x, dy }: Defined<Conv2DBackpropFilterInputs>,
  attributes: Conv2DBackpropFilterAttrs,
): Tensor4D {
  return tidy(() => {
    const [height, width] = attributes.filterShape
    const strides = pair(attributes.strides)
    const rows = paddingOf(1, attributes.pad, x.shape, dy.shape, height, strides[0])
    const columns = paddingOf(2, attributes.pad, x.shape, dy.shape, width, strides[1])
    const input = transpose(x as Tensor4D, [3, 1, 2, 0])
    const kernel = transpose(dy as Tensor4D, [1, 2, 0, 3])
    const gradient = conv2d(input, kernel, 1, [[0, 0], rows, columns, [0, 0]], 'NHWC', strides)
    // A stride that leaves samples over at the end gives rows beyond the filter.
    return transpose(slice(gradient, [0, 0, 0, 0], [-1, height, width, -1]), [1, 2, 0, 3])
  })
}

/** At stride 1 the input's gradient is a convolution with the filter turned round, its channels exchanged. */
function inputGradient(
  { dy, filter }: Defined<Conv2DBackpropInputInputs>,
  attributes: Conv2DBackpropInputAttrs,
): Tensor4D {
  return tidy(() => {
    const [height, width] = filter.shape
    const shape = attributes.inputShape
    const [top, bottom] = paddingOf(1, attributes.pad, shape, dy.shape, height, 1)
    const [left, right] = paddingOf(2, attributes.pad, shape, dy.shape, width, 1)
    const turned = transpose(reverse(filter as Tensor4D, [0, 1]), [0, 1, 3, 2])
    return conv2d(dy as Tensor4D, turned, 1, [
      [0, 0],
      [height - 1 - top, height - 1 - bottom],
      [width - 1 - left, width - 1 - right],
      [0, 0],
    ])
  })
}

/** Every input that equals the maximum of its window receives that window's gradient. */
function poolingGradient({ dy, input, output }: Defined<MaxPoolGradInputs>, [height, width]: Pair): Tensor4D {
  return tidy(() => {
    const [, rows, columns] = output.shape
    const covered: Pair = [rows * height, columns * width]
    const spread = (values: Tensor4D) => image.resizeNearestNeighbor(values, covered)
    const inside = slice(input as Tensor4D, [0, 0, 0, 0], [-1, ...covered, -1])
    const isBelow = step(sub(spread(output as Tensor4D), inside))
    const gradient = mul(spread(dy as Tensor4D), sub(1, isBelow)) as Tensor4D
    const [, inputRows, inputColumns] = input.shape
    const beyond = [inputRows - covered[0], inputColumns - covered[1]]
    if (beyond.every((count) => count === 0)) return gradient
    return pad(gradient, [
      [0, 0],
      [0, beyond[0]],
      [0, beyond[1]],
      [0, 0],
    ])
  })
}

function replace(kernelName: string, kernelFunc: KernelConfig['kernelFunc']): void {
  const known = getKernel(kernelName, BACKEND)
  if (known) unregisterKernel(kernelName, BACKEND)
  registerKernel({ ...known, kernelName, backendName: BACKEND, kernelFunc })
}

/** Padding before and after one axis, from what the attributes say. */
function paddingOf(
  axis: number,
  padding: Padding,
  input: readonly number[],
  output: readonly number[],
  taps: number,
  stride: number,
): Pair {
  if (padding === 'valid') return [0, 0]
  if (typeof padding === 'number') return [padding, padding]
  if (typeof padding === 'object') return padding[axis] as Pair
  const total = Math.max((output[axis] - 1) * stride + taps - input[axis], 0)
  return [total >> 1, total - (total >> 1)]
}

const pair = (value: number | Pair): Pair => (typeof value === 'number' ? [value, value] : value)
