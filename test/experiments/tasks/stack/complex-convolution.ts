import { concat, neg, reshape, type Tensor4D } from '@tensorflow/tfjs-core'
import { initializers } from '@tensorflow/tfjs-layers'
import { LearnedKernel } from './learned-kernel.ts'

export interface ComplexConvolutionOptions {
  readonly name: string
  /** Complex maps that go in and come out. */
  readonly inputs: number
  readonly outputs: number
  /** Places side by side in a patch. */
  readonly stride: number
  readonly seed: number
}

/** Patches that a kernel reaches over: it is two strides long. */
const PATCHES = 2

/**
 * A convolution of complex numbers (Trabelsi et al., "Deep Complex Networks", ICLR 2018): with weights A + iB of inputs
 * x + iy, (A + iB)(x + iy) = (Ax − By) + i(Bx + Ay). Maps are real parts, then imaginary ones; what goes in is patches of
 * `stride` places, [1, positions, stride · 2 · inputs].
 */
export class ComplexConvolution extends LearnedKernel {
  static readonly className = 'ComplexConvolution'
  readonly filters: number
  readonly #options: ComplexConvolutionOptions

  constructor(options: ComplexConvolutionOptions) {
    super({ name: options.name })
    this.#options = options
    this.filters = 2 * options.outputs
  }

  override build(): void {
    const { inputs, outputs, stride, seed } = this.#options
    const shape = [1, PATCHES * stride, inputs, outputs]
    // He's variance, 2 over the values of a sum, of which there are twice those of A: B's too.
    const drawn = (which: number) =>
      initializers.varianceScaling({
        scale: 1,
        mode: 'fanIn',
        distribution: 'normal',
        seed: 2 * seed + which,
      })
    this.addWeight('real', shape, 'float32', drawn(0))
    this.addWeight('imaginary', shape, 'float32', drawn(1))
    this.built = true
  }

  override kernel(): Tensor4D {
    const { inputs, stride } = this.#options
    const [real, imaginary] = this.trainableWeights.map((weight) => weight.read())
    const ofReal = concat([real, imaginary], 3)
    const ofImaginary = concat([neg(imaginary), real], 3)
    return reshape(concat([ofReal, ofImaginary], 2), [1, PATCHES, stride * 2 * inputs, this.filters])
  }
}
