import { tensor, tidy, type Variable } from '@tensorflow/tfjs-core'
import type { Sequential } from '@tensorflow/tfjs-layers'
import type { BatchFrontend, BatchParameter } from '../../gradient/index.ts'
import type { SoundBatch } from '../examples/index.ts'
import { type ClassifierOptions, TrainableClassifier } from '../network/index.ts'
import { AdamW, type AdamWState, clipByGlobalNorm, copyInto, type Numbers } from '../optimiser/index.ts'
import { streams } from '../random/index.ts'
import { cover, drawMask, type Mask, meanOf, NO_MASK } from './masking.ts'
import { windowsOf } from './windows.ts'

export const LEARN = ['all', 'compression', 'nothing'] as const
/** What of the frontend is learned along with the classifier. */
export type Learn = (typeof LEARN)[number]

export interface TrainerOptions extends ClassifierOptions {
  /** Weight decay of convolutions and dense layers, per unit of learning rate. */
  readonly decay: number
  /** Share of the running average of the values that stays at each step. */
  readonly averaging: number
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
 * Trains a frontend and a tf.layers model behind it. The tape is cut at the features: the model says the gradient at
 * its input, the frontend carries it on. All values are plain arrays, which the model's variables follow; a running
 * average of them is what is kept at the end.
 */
export class Trainer {
  readonly #frontend: BatchFrontend
  readonly #classifier: TrainableClassifier
  readonly #options: TrainerOptions
  readonly #variables: readonly Variable[]
  /** Places of the variables that learn among all. */
  readonly #trainable: readonly number[]
  /** Places of the running statistics, which follow what is learned from. */
  readonly #fixed: readonly number[]
  /** Places of the learned parameters among all of the frontend. */
  readonly #learned: readonly number[]
  readonly #weights: readonly Float32Array[]
  readonly #averages: readonly Numbers[]
  readonly #optimiser: AdamW

  constructor(frontend: BatchFrontend, model: Sequential, options: TrainerOptions) {
    this.#frontend = frontend
    this.#classifier = new TrainableClassifier(model, options)
    this.#options = options
    this.#variables = model.weights.map((weight) => weight.read() as Variable)
    this.#trainable = this.#classifier.learned.map((variable) => this.#variables.indexOf(variable))
    this.#fixed = this.#variables.flatMap((_, i) =>
      options.lastOnly || this.#trainable.includes(i) ? [] : [i],
    )
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
    if (this.#learned.length > 0) this.#frontend.update(true)
  }

  /** One step on a batch. */
  async step(batch: SoundBatch, rate: number): Promise<StepResult> {
    const masks = this.#masks(batch)
    const features = this.#features(batch, masks)
    const targets = Float32Array.from(batch.examples.flatMap(({ target }) => [...target]))
    const wantsFeatures = this.#learned.length > 0
    const result = await this.#classifier.differentiate(features, targets, batch.index, wantsFeatures)
    const gradients = this.#frontendGradients(batch, masks, result.features)
    // Batch normalisation has written its running statistics into the variables itself.
    const statistics = await Promise.all(this.#fixed.map((i) => this.#variables[i].data<'float32'>()))
    const culprit = firstNotFinite([
      ['output of the frontend', features],
      ['loss', [result.loss]],
      ...result.weights.map(
        (gradient, i) => [`gradient of ${this.#nameOf(this.#trainable[i])}`, gradient] as const,
      ),
      ...gradients.map((gradient, i) => [`gradient of ${this.#learnedName(i)}`, gradient] as const),
      ...statistics.map((values, i) => [this.#nameOf(this.#fixed[i]), values] as const),
    ])
    if (culprit) {
      this.#write(this.#weights)
      return { loss: result.loss, culprit }
    }
    clipByGlobalNorm(result.weights, LONGEST_GRADIENT)
    clipByGlobalNorm(gradients, LONGEST_GRADIENT)
    this.#optimiser.step([...result.weights, ...gradients], rate)
    if (this.#learned.length > 0) this.#frontend.update()
    for (const [i, place] of this.#fixed.entries()) this.#weights[place].set(statistics[i])
    this.#write(this.#weights)
    this.#average()
    return { loss: result.loss }
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

  #masks({ index, examples }: SoundBatch): Mask[] {
    if (this.#options.unmasked) return examples.map(() => NO_MASK)
    const [windowFrames, channels] = this.#classifier.window
    return examples.map((_, i) => {
      const random = streams.mask(this.#options.seed, index * examples.length + i)
      return drawMask(windowFrames, channels, random)
    })
  }

  /** What the model sees of a batch: of each sound its window, masked. */
  #features({ examples }: SoundBatch, masks: readonly Mask[]): Float32Array {
    const [windowFrames, channels] = this.#classifier.window
    const length = windowFrames * channels
    const windows = windowsOf(this.#frontend, examples, windowFrames)
    masks.forEach((mask, i) => {
      const window = windows.subarray(i * length, (i + 1) * length)
      cover(window, channels, mask, meanOf(window))
    })
    return windows
  }

  /** Gradients at the learned parameters, per natural step; what was masked or not in the window adds nothing. */
  #frontendGradients(
    { examples }: SoundBatch,
    masks: readonly Mask[],
    gradient: Float32Array | undefined,
  ): Float64Array[] {
    if (!gradient) return []
    const [windowFrames, channels] = this.#classifier.window
    const length = windowFrames * channels
    const all = new Float32Array(examples.length * this.#frontend.frames * channels)
    examples.forEach(({ firstFrame }, i) => {
      const window = gradient.subarray(i * length, (i + 1) * length)
      cover(window, channels, masks[i], 0)
      all.set(window, (i * this.#frontend.frames + firstFrame) * channels)
    })
    const gradients = this.#frontend.backward(all)
    return this.#learned.map((i) => {
      const { steps } = this.#frontend.parameters[i]
      return gradients[i].map((value, j) => value * steps[j])
    })
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
    const stays = Math.min(this.#options.averaging, step / (step + 10))
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

function areFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false
  return true
}
