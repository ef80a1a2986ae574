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

/** What one batch says. */
export interface FeatureGradient {
  /** Cross entropy in nats, mean over the examples: of a softmax, or of sigmoids the mean over the labels that count. */
  readonly loss: number
  /** ∂loss/∂features, in their shape. */
  readonly features: Float32Array
}

/** Added to logits that do not count: their share of the softmax is exactly 0. */
const HIDDEN = -1e9
/** Keeps the logarithm finite: a score that is wrong beyond hope is not corrected. */
const LEAST_SCORE = 1e-7

/**
 * A classifier that stays as it is: its loss and the gradient at its input. Batch normalisation takes the running
 * statistics of training, as it does live, and keeps them: one classifier then serves every room, and what a room needs
 * is a frontend's description.
 */
export class FrozenClassifier {
  readonly #model: LayersModel
  readonly #isSoftmax: boolean
  readonly #counts: Float32Array

  /**
   * @param model the classifier of a model file
   * @param isSoftmax whether its outputs are logits, of which one label holds; else every label has a sigmoid
   * @param leftOut places of labels that the loss does not look at
   */
  constructor(model: LayersModel, isSoftmax: boolean, leftOut: readonly number[]) {
    this.#model = model
    this.#isSoftmax = isSoftmax
    this.#counts = new Float32Array(this.labels).fill(1)
    for (const place of leftOut) this.#counts[place] = 0
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
   * @param features [size, windowFrames, channels]
   * @param targets [size, labels], 0 or 1
   */
  async differentiate(features: Float32Array, targets: Float32Array): Promise<FeatureGradient> {
    const size = targets.length / this.labels
    const { value, grad } = tidy(() => {
      const wanted = tensor(targets, [size, this.labels])
      const input = tensor(features, [size, ...this.window, 1])
      return valueAndGrad((values: Tensor) => this.#loss(this.#outputs(values), wanted))(input)
    })
    const [[loss], gradient] = await Promise.all([value.data(), grad.data()])
    value.dispose()
    grad.dispose()
    return { loss, features: gradient as Float32Array }
  }

  #outputs(input: Tensor): Tensor {
    return this.#model.layers.reduce(
      (values, layer) => layer.apply(values, { training: false }) as Tensor,
      input,
    )
  }

  #loss(outputs: Tensor, wanted: Tensor): Scalar {
    const counts = tensor(this.#counts)
    const present = mul(wanted, counts)
    if (this.#isSoftmax) {
      const logits = add(outputs, mul(sub(1, counts), HIDDEN))
      return neg(mean(sum(mul(present, logSoftmax(logits)), 1)))
    }
    const ofPresent = mul(present, logarithm(outputs))
    const ofAbsent = mul(sub(counts, present), logarithm(sub(1, outputs)))
    const labels = this.#counts.reduce((total, value) => total + value, 0)
    return mul(neg(mean(sum(add(ofPresent, ofAbsent), 1))), 1 / labels)
  }
}

const logarithm = (values: Tensor) => log(add(values, LEAST_SCORE))
