import {
  customGrad,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  tensor4d,
  type Variable,
} from '@tensorflow/tfjs-core'
import { initializers } from '@tensorflow/tfjs-layers'
import {
  channelTaps,
  type FrontendDescription,
  filterbankOf,
  geometryOf,
  parametersOf,
  withParameters,
} from '../../../../src/frontend/index.ts'
import { LearnedKernel } from './learned-kernel.ts'

/**
 * Gabor filters over patches of samples, [1, positions, stride] → [1, positions, 2 · filters]: real outputs, then
 * imaginary ones. Learned are centres and widths, in natural steps from where they start, so that a step of the
 * optimiser goes as far as in LEAF; values beyond their bounds count as the bounds and keep their gradient.
 */
export class GaborConvolution extends LearnedKernel {
  static readonly className = 'GaborConvolution'
  readonly filters: number
  readonly #start: FrontendDescription
  readonly #stride: number

  /** @param start a frontend of Gabor filters @param stride samples of a patch */
  constructor(name: string, start: FrontendDescription, stride: number) {
    super({ name })
    this.#start = start
    this.#stride = stride
    this.filters = 2 * start.channels
  }

  override build(): void {
    for (const { name, values } of this.#parameters)
      this.addWeight(name, [values.length], 'float32', initializers.zeros())
    this.built = true
  }

  override kernel(): Tensor4D {
    const moves = this.trainableWeights.map((weight) => weight.read() as Variable)
    return customGrad((...inputs) => {
      // What comes last saves tensors for the gradient: nothing has to be.
      const tensors = inputs.slice(0, -1) as Tensor1D[]
      const frontend = this.#moved(tensors)
      return {
        value: this.#kernelOf(frontend),
        gradFunc: (outer: Tensor) => this.#gradient(frontend, outer.dataSync() as Float32Array),
      }
    })(...moves) as Tensor4D
  }

  get #parameters() {
    return parametersOf(this.#start, 'filterbank')
  }

  #moved(moves: readonly Tensor1D[]): FrontendDescription {
    const moved = this.#parameters.map(({ values, steps }, i) => {
      const by = moves[i].dataSync()
      return values.map((value, n) => value + by[n] * steps[n])
    })
    return withParameters(this.#start, () => moved, ['filterbank'])
  }

  /** Patches that a filter reaches over, an odd number, and where its first tap lies in the first. */
  get #reach(): { patches: number; first: number } {
    const { windowLength } = geometryOf(this.#start)
    const half = Math.ceil((windowLength / this.#stride - 1) / 2)
    const patches = 2 * half + 1
    return { patches, first: (patches * this.#stride - windowLength) >> 1 }
  }

  #kernelOf(frontend: FrontendDescription): Tensor4D {
    const { patches, first } = this.#reach
    const { real, imaginary } = channelTaps(frontend, geometryOf(frontend))!
    const kernel = new Float32Array(patches * this.#stride * this.filters)
    const rows = [...real, ...imaginary]
    rows.forEach((taps, n) => {
      for (const [j, tap] of taps.entries()) kernel[(first + j) * this.filters + n] = tap
    })
    return tensor4d(kernel, [1, patches, this.#stride, this.filters])
  }

  #gradient(frontend: FrontendDescription, outer: Float32Array): Tensor1D[] {
    const geometry = geometryOf(frontend)
    const { first } = this.#reach
    const rows = Array.from({ length: this.filters }, (_, n) =>
      Float64Array.from({ length: geometry.windowLength }, (_, j) => outer[(first + j) * this.filters + n]),
    )
    const family = filterbankOf(frontend.filterbank)
    if (family.domain !== 'time') throw new Error('Gabor filters are filters in time.')
    const taps = { real: rows.slice(0, frontend.channels), imaginary: rows.slice(frontend.channels) }
    const gradients = family.gradient(frontend.filterbank, taps, geometry)
    return this.#parameters.map(({ steps }, i) =>
      tensor1d(Float32Array.from(gradients[i], (value, n) => value * steps[n])),
    )
  }
}
