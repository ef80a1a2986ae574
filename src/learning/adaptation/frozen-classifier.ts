import {
  add,
  log,
  logSoftmax,
  mean,
  mul,
  neg,
  type Scalar,
  sub,
  sum,
  type Tensor,
  tensor,
  tidy,
  valueAndGrad,
} from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { outputOf } from '../network/index.ts'

/** Loss and gradient of a batch. */
export interface FeatureGradient {
  /** Cross entropy, nats, mean over examples: categorical, or binary with the mean over the labels not masked. */
  readonly loss: number
  /** ∂loss/∂features, [size, windowFrames, channels] */
  readonly features: Float32Array
}

/** Added to masked logits: exp underflows, so that their softmax is exactly 0. */
const MASKED_LOGIT = -1e9
/** Added before the logarithm, about float32's machine epsilon: a confidently wrong score has a finite loss. */
const EPSILON = 1e-7

/**
 * Loss and input gradient of a classifier with frozen weights. Batch normalisation runs in inference mode, as it does
 * live, so that adapting to a room changes the frontend alone.
 */
export class FrozenClassifier {
  readonly #model: LayersModel
  readonly #isSoftmax: boolean
  /** 1 for labels in the loss, 0 for masked ones. */
  readonly #mask: Float32Array

  /**
   * @param model the classifier of a model file
   * @param isSoftmax outputs are logits of a softmax; otherwise sigmoid scores
   * @param leftOut indices of labels masked out of the loss
   */
  constructor(model: LayersModel, isSoftmax: boolean, leftOut: readonly number[]) {
    this.#model = model
    this.#isSoftmax = isSoftmax
    this.#mask = new Float32Array(this.labels).fill(1)
    for (const index of leftOut) this.#mask[index] = 0
  }

  /** [windowFrames, channels] */
  get window(): readonly [number, number] {
    const [, windowFrames, channels] = this.#model.inputs[0].shape as number[]
    return [windowFrames, channels]
  }

  get labels(): number {
    return this.#model.outputs[0].shape[1]!
  }

  /**
   * @param features [size, windowFrames, channels]
   * @param targets [size, labels], 0 or 1
   */
  async differentiate(features: Float32Array, targets: Float32Array): Promise<FeatureGradient> {
    const size = targets.length / this.labels
    const { value, grad } = tidy(() => {
      const truth = tensor(targets, [size, this.labels])
      const input = tensor(features, [size, ...this.window, 1])
      return valueAndGrad((values: Tensor) => this.#loss(this.#outputs(values), truth))(input)
    })
    const [[loss], gradient] = await Promise.all([value.data(), grad.data()])
    value.dispose()
    grad.dispose()
    return { loss, features: gradient as Float32Array }
  }

  #outputs(input: Tensor): Tensor {
    const { layers } = this.#model
    return outputOf(layers[layers.length - 1], this.#model, input, false)
  }

  #loss(outputs: Tensor, truth: Tensor): Scalar {
    const mask = tensor(this.#mask)
    const positive = mul(truth, mask)
    if (this.#isSoftmax) {
      const logits = add(outputs, mul(sub(1, mask), MASKED_LOGIT))
      return neg(mean(sum(mul(positive, logSoftmax(logits)), 1)))
    }
    const ofPositive = mul(positive, logarithm(outputs))
    const ofNegative = mul(sub(mask, positive), logarithm(sub(1, outputs)))
    const labels = this.#mask.reduce((total, value) => total + value, 0)
    return mul(neg(mean(sum(add(ofPositive, ofNegative), 1))), 1 / labels)
  }
}

const logarithm = (values: Tensor) => log(add(values, EPSILON))
