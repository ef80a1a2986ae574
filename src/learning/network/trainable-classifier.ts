import {
  add,
  dispose,
  losses,
  mul,
  Reduction,
  type Scalar,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { inputOfLast } from './apply-layers.ts'
import { dropoutFactors } from './dropout.ts'
import { labelDivisors } from './loss.ts'
import type { LossOptions } from './trainable-network.ts'

/** Added to the logits of the heads that an example does not belong to: their share of the softmax is exactly 0. */
const HIDDEN = -1e9

/** What one batch says. */
export interface Differentials {
  /** Cross entropy in nats: per example with heads, else per label. */
  readonly loss: number
  /** One per `learned` of the classifier, in its order. */
  readonly weights: readonly Float32Array[]
  /** [size, windowFrames, channels], when it was asked for. */
  readonly features: Float32Array | undefined
}

/** The loss of a tf.layers model that ends in a dense layer and its activation, and its gradients. */
export class TrainableClassifier {
  readonly #model: LayersModel
  readonly #options: LossOptions
  /** The weights that learn, in the order of the model's. */
  readonly learned: readonly Variable[]

  constructor(model: LayersModel, options: LossOptions) {
    this.#model = model
    this.#options = options
    this.learned = learnedVariables(model, options)
  }

  /** [windowFrames, channels] of an example. */
  get window(): readonly [number, number] {
    const [, windowFrames, channels] = this.#model.inputs[0].shape as number[]
    return [windowFrames, channels]
  }

  get labels(): number {
    return this.#model.outputs[0].shape[1]!
  }

  /**
   * Batch normalisation writes its running statistics into the model's variables on the way, unless `lastOnly`.
   *
   * @param features [size, windowFrames, channels]
   * @param targets [size, labels]
   * @param index of the batch: what is left out by chance depends on it
   * @param wantsFeatures whether the gradient at the features is computed as well
   */
  async differentiate(
    features: Float32Array,
    targets: Float32Array,
    index: number,
    wantsFeatures: boolean,
  ): Promise<Differentials> {
    const tensors = tidy(() => {
      const values = tensor(features, [targets.length / this.labels, ...this.window, 1])
      const input = wantsFeatures ? variable(values) : undefined
      const learned = [...this.learned, ...(input ? [input] : [])]
      const { value, grads } = variableGrads(() => this.#loss(input ?? values, targets, index), learned)
      input?.dispose()
      return [value, ...learned.map(({ name }) => grads[name])]
    })
    const [[loss], ...gradients] = (await Promise.all(tensors.map((one) => one.data()))) as Float32Array[]
    dispose(tensors)
    return {
      loss,
      weights: gradients.slice(0, this.learned.length),
      features: gradients[this.learned.length],
    }
  }

  get #dense() {
    const { layers } = this.#model
    return layers[layers.length - 2]
  }

  #loss(input: Tensor, targets: Float32Array, index: number): Scalar {
    const training = !this.#options.lastOnly
    const output = inputOfLast(this.#model, input, training)
    const scores = this.#dense.apply(mul(output, this.#dropout(output.shape, index))) as Tensor
    const shape = scores.shape as [number, number]
    const { heads, labelShares } = this.#options
    if (!heads) {
      const divisors = labelDivisors(this.labels, shape[0], labelShares)
      const known = targets.map((target) => (Number.isNaN(target) ? 0 : target))
      const weights = targets.map((target, i) => (Number.isNaN(target) ? 0 : 1 / divisors[i % this.labels]))
      return losses.sigmoidCrossEntropy(
        tensor(known, shape),
        scores,
        tensor(weights, shape),
        0,
        Reduction.SUM,
      )
    }
    const wanted = tensor(targets, shape)
    const hidden = tensor(othersHidden(targets, heads), shape)
    return losses.softmaxCrossEntropy(wanted, add(scores, hidden))
  }

  #dropout(shape: number[], index: number): Tensor {
    const { seed, dropout } = this.#options
    const count = shape.reduce((product, length) => product * length, 1)
    return tensor(dropoutFactors(count, dropout, seed, index), shape)
  }
}

/** The weights that learn, in the order of the model's. */
export function learnedVariables(
  model: LayersModel,
  { lastOnly }: Pick<LossOptions, 'lastOnly'>,
): Variable[] {
  const { trainableWeights } = lastOnly ? model.layers[model.layers.length - 2] : model
  return trainableWeights.map((weight) => weight.read() as Variable)
}

/** For each example and label 0 in the head of the example's label, else `HIDDEN`. @param targets [size, labels] */
function othersHidden(targets: Float32Array, heads: readonly number[]): Float32Array {
  const hidden = new Float32Array(targets.length).fill(HIDDEN)
  for (let start = 0, i = 0; start < targets.length; i++) {
    const end = start + heads[i % heads.length]
    if (targets.subarray(start, end).includes(1)) hidden.fill(0, start, end)
    start = end
  }
  return hidden
}
