import {
  add,
  addN,
  log,
  logSoftmax,
  mean,
  mul,
  neg,
  type Scalar,
  slice,
  sub,
  sum,
  type Tensor,
  tensor,
  tidy,
  valueAndGrad,
} from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { type Head, type HeadPlace, placesOf } from '../../model/index.ts'

/** What one batch says. */
export interface FeatureGradient {
  /** Cross entropy in nats: per example the sum over its heads, without heads the mean over the labels that count. */
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
  readonly #heads: readonly HeadPlace[]
  readonly #counts: Float32Array

  /**
   * @param model the classifier of a model file
   * @param heads those of the file, whose outputs are logits; without one every label has a sigmoid
   * @param leftOut places of labels that the loss does not look at
   */
  constructor(model: LayersModel, heads: readonly Head[], leftOut: readonly number[]) {
    this.#model = model
    this.#heads = placesOf(heads)
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
    if (this.#heads.length > 0) {
      const logits = add(outputs, mul(sub(1, counts), HIDDEN))
      const ofHeads = this.#heads.map(({ start, end }) => {
        const own = (values: Tensor) => slice(values, [0, start], [-1, end - start])
        // An example that a head has no label for counts nothing there.
        return sum(mul(own(present), logSoftmax(own(logits))), 1)
      })
      return neg(mean(addN(ofHeads)))
    }
    const ofPresent = mul(present, logarithm(outputs))
    const ofAbsent = mul(sub(counts, present), logarithm(sub(1, outputs)))
    const labels = this.#counts.reduce((total, value) => total + value, 0)
    return mul(neg(mean(sum(add(ofPresent, ofAbsent), 1))), 1 / labels)
  }
}

const logarithm = (values: Tensor) => log(add(values, LEAST_SCORE))
