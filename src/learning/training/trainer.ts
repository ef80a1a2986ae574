import { tensor, tidy, type Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { BatchFrontend, BatchParameter } from '../../gradient/index.ts'
import type { BatchSource, SoundBatch } from '../examples/index.ts'
import {
  ALONE,
  ConvolutionalNetwork,
  type ConvolutionalPlan,
  convolutionalPlan,
  LayersNetwork,
  type LossOptions,
  learnedVariables,
} from '../network/index.ts'
import { AdamW, type AdamWState, clipByGlobalNorm, copyInto, type Numbers } from '../optimiser/index.ts'
import {
  areFinite,
  type Moved,
  Replica,
  type ReplicaOptions,
  type ReplicaWork,
  type SecondReplica,
  type ShareDifferentials,
} from './replica.ts'

export const LEARN = ['all', 'compression', 'nothing'] as const
/** What of the frontend is learned along with the classifier. */
export type Learn = (typeof LEARN)[number]

export interface TrainerOptions extends LossOptions {
  /** Weight decay of convolutions and dense layers, per unit of learning rate. */
  readonly decay: number
  /** Decay of the EMA (exponential moving average) of the values, per step; less in the first steps. */
  readonly emaDecay: number
  readonly learn: Learn
  /** Factor on the learning rate for the frontend: at rate 1 a step goes as far as the natural step of each number. */
  readonly frontendRate: number
  /** Whether features are learned as they come, without a band or a stretch of them covered. */
  readonly unmasked?: boolean
}

/** What has to be kept to go on later: of the model's weights, then the frontend's parameters. */
export interface TrainerState {
  readonly optimiser: AdamWState
  readonly values: readonly Numbers[]
  readonly averages: readonly Numbers[]
}

export interface StepResult {
  /** In nats, as `Differentials.loss`. */
  readonly loss: number
  /** What was not a finite number; the step was then not taken and nothing has changed. */
  readonly culprit?: string
}

/** Longest gradient of the classifier, and of the frontend in its natural units. */
const LONGEST_GRADIENT = 4

/**
 * Trains a frontend and a tf.layers model behind it. The tape is cut at the features: the network says the gradient at
 * its input, the frontend carries it on. All values are plain arrays, which the model's variables follow; a running
 * average of them is what is kept at the end.
 */
export class Trainer {
  readonly #frontend: BatchFrontend
  readonly #replica: Replica
  readonly #second: SecondReplica | undefined
  readonly #options: TrainerOptions
  readonly #variables: readonly Variable[]
  /** Running statistics of normalisations: places of their variables, and the share of them that stays at a step. */
  readonly #statistics: readonly { readonly place: number; readonly momentum: number }[]
  /** Places of the variables that learn among all. */
  readonly #trainable: readonly number[]
  /** Places of the learned parameters among all of the frontend. */
  readonly #learned: readonly number[]
  readonly #weights: readonly Float32Array[]
  readonly #averages: readonly Numbers[]
  readonly #optimiser: AdamW
  #moved: Moved = 'not'

  /** @param second makes a replica that shares the work, for a network as `createNetwork` makes it */
  constructor(
    frontend: BatchFrontend,
    model: LayersModel,
    options: TrainerOptions,
    second?: (work: ReplicaWork) => SecondReplica,
  ) {
    this.#frontend = frontend
    this.#options = options
    this.#variables = model.weights.map((weight) => weight.read() as Variable)
    this.#statistics = model.layers
      .filter((layer) => layer.getClassName() === 'BatchNormalization')
      .flatMap((layer) => {
        const { momentum } = layer.getConfig() as { momentum: number }
        return layer.nonTrainableWeights.map((weight) => ({
          place: this.#variables.indexOf(weight.read() as Variable),
          momentum,
        }))
      })
    this.#trainable = learnedVariables(model, options).map((variable) => this.#variables.indexOf(variable))
    this.#weights = this.#variables.map((variable) => Float32Array.from(variable.dataSync()))
    this.#averages = this.#values.map((values) => values.slice())
    this.#learned = frontend.parameters.flatMap(({ part }, i) => (isLearned(part, options.learn) ? [i] : []))
    this.#optimiser = new AdamW([
      ...this.#trainable.map((i) => {
        const decay = this.#variables[i].rank > 1 ? options.decay : 0
        return { values: this.#weights[i], rate: 1, decay }
      }),
      ...this.#learned.map((i) => ({
        values: frontend.parameters[i].values,
        rate: options.frontendRate,
        decay: 0,
        // Natural steps follow the values.
        get units() {
          return frontend.parameters[i].steps
        },
      })),
    ])
    const plan = convolutionalPlan(model)
    const { seed, dropout, heads, labelShares, lastOnly, unmasked } = options
    const learnsFrontend = this.#learned.length > 0
    const shared = { seed, dropout, heads, labelShares, lastOnly, unmasked, learnsFrontend }
    this.#second = plan && second?.(this.#work(plan, shared))
    const network = plan
      ? new ConvolutionalNetwork(plan, this.#weights, shared, this.#second?.reduce ?? ALONE)
      : new LayersNetwork(model, shared)
    this.#replica = new Replica(frontend, network, shared)
  }

  get state(): TrainerState {
    return { optimiser: this.#optimiser.state, values: this.#values, averages: this.#averages }
  }

  restore({ optimiser, values, averages }: TrainerState): void {
    this.#optimiser.restore(optimiser)
    copyInto(this.#averages, averages)
    this.load(values)
  }

  /** Takes over values in the order of the state's. */
  load(values: readonly Numbers[]): void {
    copyInto(this.#values, values)
    this.#write(this.#weights)
    if (this.#learned.length === 0) return
    this.#frontend.update(true)
    this.#moved = 'anew'
  }

  /** One step on a batch. */
  async step(batch: SoundBatch, rate: number): Promise<StepResult> {
    const { loss, areFeaturesFinite, statistics, ...given } = await this.#differentiate(batch)
    const weights = this.#trainable.map((place) => given.weights.get(place)!)
    const gradients = this.#perStep(given.parameters)
    const culprit = areFeaturesFinite
      ? firstNotFinite([
          ['loss', [loss]],
          ...weights.map((values, i) => [`gradient of ${this.#nameOf(this.#trainable[i])}`, values] as const),
          ...gradients.map((values, i) => [`gradient of ${this.#learnedName(i)}`, values] as const),
          ...[...statistics].map(([place, values]) => [this.#nameOf(place), values] as const),
        ])
      : 'output of the frontend'
    if (culprit) {
      this.#write(this.#weights)
      return { loss, culprit }
    }
    clipByGlobalNorm(weights, LONGEST_GRADIENT)
    clipByGlobalNorm(gradients, LONGEST_GRADIENT)
    this.#optimiser.step([...weights, ...gradients], rate)
    if (this.#learned.length > 0) {
      this.#frontend.update()
      this.#moved = 'on'
    }
    for (const [place, values] of statistics) this.#weights[place].set(values)
    this.#write(this.#weights)
    this.#average()
    return { loss }
  }

  /**
   * Takes the statistics of every normalisation anew, from batches under the values as they are now. The running ones
   * are of the weights of many steps, and of the first until they are forgotten; averaged weights need their own
   * (Izmailov et al., UAI 2018, section 3.2).
   */
  async estimateStatistics(batches: BatchSource, count: number): Promise<void> {
    const means = this.#statistics.map(({ place }) => new Float64Array(this.#weights[place].length))
    for (let i = 0; i < count; i++) {
      const { statistics } = await this.#differentiate(await batches.take())
      // TensorFlow.js has moved them on: the next batch is to start from the same ones.
      this.#write(this.#weights)
      this.#statistics.forEach(({ place, momentum }, s) => {
        const [before, after] = [this.#weights[place], statistics.get(place)!]
        // after = momentum · before + (1 - momentum) · batch
        means[s].forEach((_, n) => {
          means[s][n] += (before[n] + (after[n] - before[n]) / (1 - momentum)) / count
        })
      })
    }
    this.#statistics.forEach(({ place }, s) => {
      this.#weights[place].set(means[s])
    })
    this.#write(this.#weights)
  }

  /** Ends the thread of the second replica: nothing is learned after it. */
  async close(): Promise<void> {
    await this.#second?.close()
  }

  /** Calls `use` while model and frontend hold the averages. */
  async withAverages<Result>(use: () => Result | Promise<Result>): Promise<Result> {
    const present = this.#values.map((values) => values.slice())
    this.load(this.#averages)
    try {
      return await use()
    } finally {
      this.load(present)
    }
  }

  get #values(): Numbers[] {
    return [...this.#weights, ...this.#frontend.parameters.map(({ values }) => values)]
  }

  /** The first half of a batch here, the second at the same time by the other replica, where there is one. */
  async #differentiate({ index, examples }: SoundBatch): Promise<ShareDifferentials> {
    const size = examples.length
    if (!this.#second) return this.#replica.differentiate({ index, examples, first: 0, size })
    const half = Math.ceil(size / 2)
    const parameters = this.#frontend.parameters.map(({ values }) => values)
    const others = { index, examples: examples.slice(half), first: half, size }
    await this.#second.start(others, this.#weights, parameters, this.#moved)
    this.#moved = 'not'
    const own = await this.#replica.differentiate({
      index,
      examples: examples.slice(0, half),
      first: 0,
      size,
    })
    return sumOf(own, this.#second.finish())
  }

  /** Gradients at the learned parameters, per natural step. */
  #perStep(gradients: readonly Float64Array[]): Float64Array[] {
    return this.#learned.map((i) => {
      const { steps } = this.#frontend.parameters[i]
      return gradients[i].map((value, j) => value * steps[j])
    })
  }

  #work(plan: ConvolutionalPlan, options: ReplicaOptions): ReplicaWork {
    return {
      plan,
      weights: this.#weights.map(({ length }) => length),
      parameters: this.#frontend.parameters.map(({ values }) => values.length),
      options,
    }
  }

  #nameOf(place: number): string {
    return this.#variables[place].name
  }

  #learnedName(i: number): string {
    const { part, name } = this.#frontend.parameters[this.#learned[i]]
    return `${part}.${name}`
  }

  #average(): void {
    const { step } = this.#optimiser.state
    const stays = Math.min(this.#options.emaDecay, step / (step + 10))
    this.#values.forEach((values, i) => {
      const average = this.#averages[i]
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

const isLearned = (part: BatchParameter['part'], learn: Learn) =>
  learn === 'all' || (learn === 'compression' && part === 'compression')

function firstNotFinite(named: readonly (readonly [string, ArrayLike<number>])[]): string | undefined {
  return named.find(([, values]) => !areFinite(values))?.[0]
}

/** Adds the other's gradients to one's own. */
function sumOf(own: ShareDifferentials, other: ShareDifferentials): ShareDifferentials {
  const add = (target: Numbers, values: Numbers) => {
    for (let i = 0; i < target.length; i++) target[i] += values[i]
  }
  for (const [place, values] of own.weights) add(values, other.weights.get(place)!)
  own.parameters.forEach((values, i) => {
    add(values, other.parameters[i])
  })
  return {
    ...own,
    loss: own.loss + other.loss,
    areFeaturesFinite: own.areFeaturesFinite && other.areFeaturesFinite,
  }
}
