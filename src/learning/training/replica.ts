import type { BatchFrontend } from '../../gradient/index.ts'
import type { SoundBatch } from '../examples/index.ts'
import type { AllReduce, ConvolutionalPlan, LossOptions, TrainableNetwork } from '../network/index.ts'
import type { Numbers } from '../optimiser/index.ts'
import { streams } from '../random/index.ts'
import { cover, drawMask, type Mask, meanOf, NO_MASK } from './masking.ts'
import { windowsOf } from './windows.ts'

export interface ReplicaOptions extends LossOptions {
  /** Whether features are learned as they come, without a band or a stretch of them covered. */
  readonly unmasked?: boolean
  /** Whether anything of the frontend is learned. */
  readonly learnsFrontend: boolean
}

/** Some examples of a batch, one after the other. */
export interface Share extends SoundBatch {
  /** Examples of the batch before them. */
  readonly first: number
  /** Examples of the whole batch. */
  readonly size: number
}

/** What a share says; shares of a batch add up, but for the running statistics. */
export interface ShareDifferentials {
  /** In nats, the share's part of the mean. */
  readonly loss: number
  /** Whether all that the frontend has put out are finite numbers. */
  readonly areFeaturesFinite: boolean
  /** ∂L/∂weights, by places of the model's weights. */
  readonly weights: ReadonlyMap<number, Float32Array>
  /** Running statistics of the whole batch, by places of the model's weights. */
  readonly statistics: ReadonlyMap<number, Float32Array>
  /** ∂L/∂parameters of the frontend, one per entry of its `parameters`; empty where nothing of it learns. */
  readonly parameters: readonly Float64Array[]
}

/** What has become of a frontend's parameters since the last step: nothing, a step, or values of another time. */
export type Moved = 'not' | 'on' | 'anew'

/** A replica that works on its share at the same time, on a thread of its own. */
export interface SecondReplica {
  /** For the first replica. */
  readonly reduce: AllReduce
  /** @param weights the model's, in its order @param parameters values of the frontend's, in its order */
  start(
    share: Share,
    weights: readonly Numbers[],
    parameters: readonly Numbers[],
    moved: Moved,
  ): Promise<void>
  /** Waits for what it says. @throws LeafError `training` when it has failed */
  finish(): ShareDifferentials
  close(): Promise<void>
}

/** What a second replica is made from beside the frontend; plain data. */
export interface ReplicaWork {
  readonly plan: ConvolutionalPlan
  /** Numbers of each of the model's weights and of each of the frontend's parameters. */
  readonly weights: readonly number[]
  readonly parameters: readonly number[]
  readonly options: ReplicaOptions
}

/** A frontend and the network behind it, on a share of each batch: the tape is cut at the features. */
export class Replica {
  readonly #frontend: BatchFrontend
  readonly #network: TrainableNetwork
  readonly #options: ReplicaOptions

  constructor(frontend: BatchFrontend, network: TrainableNetwork, options: ReplicaOptions) {
    this.#frontend = frontend
    this.#network = network
    this.#options = options
  }

  async differentiate(share: Share): Promise<ShareDifferentials> {
    const { examples, index, first, size } = share
    const masks = this.#masks(share)
    const features = this.#features(share, masks)
    const targets = Float32Array.from(examples.flatMap(({ target }) => [...target]))
    const wantsFeatures = this.#options.learnsFrontend
    const { loss, weights, statistics, ...at } = await this.#network.differentiate(features, targets, {
      ...{ index, first, size, wantsFeatures },
    })
    const areFeaturesFinite = areFinite(features)
    const parameters = at.features ? this.#frontendGradients(share, masks, at.features) : []
    return { loss, areFeaturesFinite, weights, statistics, parameters }
  }

  #masks({ index, first, size, examples }: Share): Mask[] {
    if (this.#options.unmasked) return examples.map(() => NO_MASK)
    const [windowFrames, channels] = this.#network.window
    return examples.map((_, i) => {
      const random = streams.mask(this.#options.seed, index * size + first + i)
      return drawMask(windowFrames, channels, random)
    })
  }

  /** What the network sees of a share: of each sound its window, masked. */
  #features({ examples }: Share, masks: readonly Mask[]): Float32Array {
    const [windowFrames, channels] = this.#network.window
    const length = windowFrames * channels
    const windows = windowsOf(this.#frontend, examples, windowFrames)
    masks.forEach((mask, i) => {
      const window = windows.subarray(i * length, (i + 1) * length)
      cover(window, channels, mask, meanOf(window))
    })
    return windows
  }

  /** Gradients at the frontend's parameters; what was masked or not in the window adds nothing. */
  #frontendGradients(
    { examples }: Share,
    masks: readonly Mask[],
    gradient: Float32Array,
  ): readonly Float64Array[] {
    const [windowFrames, channels] = this.#network.window
    const length = windowFrames * channels
    const all = new Float32Array(examples.length * this.#frontend.frames * channels)
    examples.forEach(({ firstFrame }, i) => {
      const window = gradient.subarray(i * length, (i + 1) * length)
      cover(window, channels, masks[i], 0)
      all.set(window, (i * this.#frontend.frames + firstFrame) * channels)
    })
    return this.#frontend.backward(all)
  }
}

export function areFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false
  return true
}
