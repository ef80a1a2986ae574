import {
  losses,
  mul,
  type Scalar,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core'
import type { Sequential } from '@tensorflow/tfjs-layers'
import type { Batch } from './batch-maker.ts'
import { copyInto, Optimiser, type OptimiserState } from './optimiser.ts'
import { Random } from './random.ts'

export interface TrainerOptions {
  readonly seed: number
  /** Chance of a value before the last dense layer to be left out of a step. */
  readonly dropout: number
  /** Weight decay of convolutions and dense layers, per unit of learning rate. */
  readonly decay: number
  /** Share of the running average of the weights that stays at each step. */
  readonly averaging: number
}

/** What has to be kept to go on later. */
export interface TrainerState {
  readonly optimiser: OptimiserState
  readonly weights: readonly Float32Array[]
  readonly averages: readonly Float32Array[]
}

/**
 * Trains a tf.layers model that ends in a dense layer and a sigmoid. The weights are plain arrays, which the model's
 * variables follow; a running average of them is what is kept at the end.
 */
export class Trainer {
  readonly #model: Sequential
  readonly #options: TrainerOptions
  readonly #variables: readonly Variable[]
  readonly #trainable: readonly Variable[]
  readonly #weights: readonly Float32Array[]
  readonly #averages: readonly Float32Array[]
  readonly #optimiser: Optimiser

  constructor(model: Sequential, options: TrainerOptions) {
    this.#model = model
    this.#options = options
    this.#variables = model.weights.map((weight) => weight.read() as Variable)
    this.#trainable = model.trainableWeights.map((weight) => weight.read() as Variable)
    this.#weights = this.#variables.map((variable) => Float32Array.from(variable.dataSync()))
    this.#averages = this.#weights.map((values) => values.slice())
    this.#optimiser = new Optimiser(
      this.#trainable.map((variable) => ({
        values: this.#weights[this.#variables.indexOf(variable)],
        rate: 1,
        decay: variable.rank > 1 ? options.decay : 0,
      })),
    )
  }

  get state(): TrainerState {
    return { optimiser: this.#optimiser.state, weights: this.#weights, averages: this.#averages }
  }

  restore({ optimiser, weights, averages }: TrainerState): void {
    this.#optimiser.restore(optimiser)
    copyInto(this.#weights, weights)
    copyInto(this.#averages, averages)
    this.#write(this.#weights)
  }

  /** One step. @returns the loss, cross entropy per label in nats */
  step(batch: Batch, rate: number): number {
    const { value, gradients } = tidy(() => {
      const { value, grads } = variableGrads(() => this.#loss(batch), [...this.#trainable])
      return {
        value: value.dataSync()[0],
        gradients: this.#trainable.map(({ name }) => grads[name].dataSync() as Float32Array),
      }
    })
    this.#optimiser.step(gradients, rate)
    // Batch normalisation has written its running statistics into the variables itself.
    this.#variables.forEach((variable, i) => {
      if (!this.#trainable.includes(variable)) this.#weights[i].set(variable.dataSync())
    })
    this.#write(this.#weights)
    this.#average()
    return value
  }

  /** Calls `use` while the model holds the averaged weights. */
  withAverages<Result>(use: () => Result): Result {
    this.#write(this.#averages)
    try {
      return use()
    } finally {
      this.#write(this.#weights)
    }
  }

  #loss({ index, features, targets }: Batch): Scalar {
    const { layers } = this.#model
    const [windowFrames, channels] = this.#model.inputs[0].shape.slice(1) as number[]
    const labels = this.#model.outputs[0].shape[1]!
    const size = targets.length / labels
    const body = layers.slice(0, -2)
    const dense = layers[layers.length - 2]
    const input: Tensor = tensor(features, [size, windowFrames, channels, 1])
    const output = body.reduce((values, layer) => layer.apply(values, { training: true }) as Tensor, input)
    const scores = dense.apply(mul(output, this.#dropout(output.shape, index))) as Tensor
    return losses.sigmoidCrossEntropy(tensor(targets, [size, labels]), scores)
  }

  /** A factor for every value, of mean 1; the dropout layer of TensorFlow.js leaves out the same places at each step. */
  #dropout(shape: number[], index: number): Tensor {
    const { seed, dropout } = this.#options
    const random = new Random(seed, index, 2)
    const count = shape.reduce((product, length) => product * length, 1)
    return tensor(
      Float32Array.from({ length: count }, () => (random.chance(dropout) ? 0 : 1 / (1 - dropout))),
      shape,
    )
  }

  #average(): void {
    const { step } = this.#optimiser.state
    const stays = Math.min(this.#options.averaging, step / (step + 10))
    this.#averages.forEach((average, i) => {
      const values = this.#weights[i]
      for (let j = 0; j < average.length; j++) average[j] += (1 - stays) * (values[j] - average[j])
    })
  }

  #write(arrays: readonly Float32Array[]): void {
    tidy(() => {
      for (const [i, variable] of this.#variables.entries())
        variable.assign(tensor(arrays[i], variable.shape))
    })
  }
}
