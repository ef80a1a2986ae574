import {
  add,
  matMul,
  mul,
  neg,
  ones,
  registerGradient,
  reshape,
  rsqrt,
  square,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core'

/**
 * Replaces TensorFlow.js' gradient of batch normalisation, on every backend, by an equal one that neither tiles the
 * statistics to the size of the input nor sums over outer axes, both of which are slow on the WASM backend: a sum
 * over all but the last axis is a product with a row of ones.
 */
export function registerBatchNormGradient(): void {
  registerGradient({
    kernelName: 'FusedBatchNorm',
    inputsToSave: ['x', 'mean', 'variance', 'scale'],
    gradFunc: (dy, saved, attributes) => {
      const gradient = dy as Tensor4D
      const [x, mean, variance, scale] = saved as [Tensor4D, Tensor1D, Tensor1D, Tensor1D]
      const inverse = () => rsqrt(add(variance, attributes.varianceEpsilon as number))
      const gain = () => mul(inverse(), scale)
      const alongDeviation = () => sumPerChannel(mul(gradient, sub(x, mean)))
      return {
        x: () => mul(gradient, gain()),
        mean: () => neg(mul(sumPerChannel(gradient), gain())),
        variance: () => mul(mul(alongDeviation(), mul(gain(), -0.5)), square(inverse())),
        scale: () => mul(alongDeviation(), inverse()),
        offset: () => sumPerChannel(gradient),
      }
    },
  })
}

function sumPerChannel(values: Tensor): Tensor1D {
  const channels = values.shape[values.rank - 1]
  const rows = values.size / channels
  return reshape(matMul(ones([1, rows]) as Tensor2D, reshape(values, [rows, channels]) as Tensor2D), [
    channels,
  ])
}
