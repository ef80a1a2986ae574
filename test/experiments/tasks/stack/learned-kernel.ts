import { conv2d, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core'
import { layers } from '@tensorflow/tfjs-layers'

type Shape = (number | null)[]

/** A convolution along time, at stride 1, whose kernel is a function of what is learned. */
export abstract class LearnedKernel extends layers.Layer {
  /** Maps that come out. */
  abstract readonly filters: number

  /** [1, taps, maps that go in, maps that come out]; differentiable. */
  abstract kernel(): Tensor4D

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [input] = [inputs].flat()
    return tidy(() => conv2d(input as Tensor4D, this.kernel(), 1, 'same'))
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.filters]
  }

  /** A layer that every model file may have, for the same kernel as its one weight. */
  asConvolution(): layers.Layer {
    const [height, width] = tidy(() => this.kernel().shape)
    const { name, filters } = this
    return layers.conv2d({ name, filters, kernelSize: [height, width], padding: 'same', useBias: false })
  }
}
