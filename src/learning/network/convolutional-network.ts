import { MemoryLayout } from '../../../worklet/index.ts'
import type { AllReduce } from './all-reduce.ts'
import { ChannelNormalisation } from './channel-normalisation.ts'
import { ConvolutionBlock, PANEL, type Pictures, panelsOf } from './convolution-block.ts'
import type { ConvolutionalPlan, NormalisationPlan } from './convolutional-plan.ts'
import { DenseLayer } from './dense-layer.ts'
import { dropoutFactors } from './dropout.ts'
import { instantiateNetworkKernel, type NetworkKernel } from './kernel.ts'
import { type Loss, labelDivisors, sigmoidLoss, softmaxLoss } from './loss.ts'
import { NetworkEmbedding } from './network-embedding.ts'
import type {
  LossOptions,
  NetworkDifferentials,
  NetworkShare,
  TrainableNetwork,
} from './trainable-network.ts'

/** How a network is laid out for a number of clips. */
interface Areas {
  readonly clips: number
  readonly features: number
  readonly level: ChannelNormalisation
  readonly levelConstants: number
  readonly levelSums: number
  readonly blocks: readonly ConvolutionBlock[]
  readonly last: Pictures
  readonly lastGradient: Pictures
  readonly embedding: NetworkEmbedding
  readonly dense: DenseLayer
}

/**
 * The network of `createNetwork` in the kernel, on one replica's share of a batch, forward and backward. Statistics of batch
 * normalisation are those of the whole batch, whatever the number of replicas.
 */
export class ConvolutionalNetwork implements TrainableNetwork {
  readonly #plan: ConvolutionalPlan
  readonly #reduce: AllReduce
  readonly #options: LossOptions
  readonly #kernel: NetworkKernel = instantiateNetworkKernel()
  readonly #weights: readonly Float32Array[]
  #areas: Areas | null = null

  /** @param weights the model's, in its order, read anew at each `differentiate` */
  constructor(
    plan: ConvolutionalPlan,
    weights: readonly Float32Array[],
    options: LossOptions,
    reduce: AllReduce,
  ) {
    this.#plan = plan
    this.#weights = weights
    this.#options = options
    this.#reduce = reduce
  }

  get window(): readonly [number, number] {
    return [this.#plan.windowFrames, this.#plan.channels]
  }

  differentiate(features: Float32Array, targets: Float32Array, share: NetworkShare): NetworkDifferentials {
    const { windowFrames, channels } = this.#plan
    const { size, wantsFeatures } = share
    const clips = features.length / (windowFrames * channels)
    if (this.#areas?.clips !== clips) this.#areas = this.#place(clips)
    const areas = this.#areas
    const carries = !this.#options.lastOnly || wantsFeatures
    this.#loadWeights(areas, carries)
    const statistics = new Map<number, Float32Array>()
    const weights = new Map<number, Float32Array>()
    this.#forward(areas, features, size, statistics)
    const factors = this.#dropout(share, clips, areas.embedding.length)
    const embedding = areas.embedding.read()
    const inputs = embedding.map((value, i) => value * factors[i])
    const { loss, gradient } = this.#loss(areas.dense.forward(inputs), targets, size)
    const dense = areas.dense.backward(gradient)
    weights.set(this.#plan.kernel, dense.weights)
    weights.set(this.#plan.bias, dense.biases)
    if (!carries) return { loss, weights, statistics, features: undefined }
    const outer = dense.inputs.map((value, i) => value * factors[i])
    areas.embedding.spreadMeans(outer)
    this.#backward(areas, size, weights, (block) => areas.embedding.addPeaks(block, embedding, outer))
    return { loss, weights, statistics, features: wantsFeatures ? this.#gradient(areas) : undefined }
  }

  #dropout({ index, first, size }: NetworkShare, clips: number, inputs: number): Float32Array {
    const { dropout, seed } = this.#options
    return dropoutFactors(size * inputs, dropout, seed, index).subarray(
      first * inputs,
      (first + clips) * inputs,
    )
  }

  #loss(scores: Float32Array, targets: Float32Array, size: number): Loss {
    const { heads, labelShares } = this.#options
    return heads
      ? softmaxLoss(scores, targets, heads, size)
      : sigmoidLoss(scores, targets, labelDivisors(this.#plan.labels, size, labelShares))
  }

  #forward(areas: Areas, features: Float32Array, batch: number, statistics: Map<number, Float32Array>): void {
    const { windowFrames, channels, blocks: plans } = this.#plan
    const { level, levelConstants, levelSums, blocks, clips } = areas
    const kernel = this.#kernel
    new Float32Array(kernel.memory.buffer, areas.features, features.length).set(features)
    level.clearSums()
    const clip = windowFrames * channels * 4
    for (let i = 0; i < clips; i++)
      kernel.levelMoments(areas.features + i * clip, windowFrames, channels, levelSums)
    this.#learnStatistics(level, this.#plan.level, windowFrames * batch, statistics)
    const { input } = blocks[0]
    for (let i = 0; i < clips; i++) {
      const target = input.first + i * input.clip
      kernel.levelPatches(
        areas.features + i * clip,
        windowFrames,
        channels,
        levelConstants,
        target,
        input.line,
      )
    }
    blocks.forEach((block, b) => {
      block.convolve()
      this.#learnStatistics(block.normalisation, plans[b].normalisation, block.pixels * batch, statistics)
      block.rectify(blocks[b + 1]?.input ?? areas.last)
    })
  }

  #learnStatistics(
    normalisation: ChannelNormalisation,
    { momentum, movingMean, movingVariance }: NormalisationPlan,
    count: number,
    statistics: Map<number, Float32Array>,
  ): void {
    if (this.#options.lastOnly) return
    const { mean, variance } = normalisation.learn(count, momentum, this.#reduce)
    statistics.set(movingMean, mean)
    statistics.set(movingVariance, variance)
  }

  /** @param addPeaks adds to the gradient behind a block that of its maxima */
  #backward(
    areas: Areas,
    batch: number,
    weights: Map<number, Float32Array>,
    addPeaks: (block: number) => void,
  ): void {
    const { windowFrames, channels, blocks: plans } = this.#plan
    const { level, levelConstants, levelSums, blocks, clips } = areas
    const kernel = this.#kernel
    const filters = !this.#options.lastOnly
    const normalise = (one: ChannelNormalisation, { gamma, beta }: NormalisationPlan, count: number) => {
      const gradients = one.differentiate(filters ? count : 0, this.#reduce)
      if (!filters) return
      weights.set(gamma, gradients.gamma)
      weights.set(beta, gradients.beta)
    }
    for (let b = blocks.length - 1; b >= 0; b--) {
      const block = blocks[b]
      const outer = blocks[b + 1]?.inputGradient ?? areas.lastGradient
      addPeaks(b)
      block.sumGradients(outer)
      normalise(block.normalisation, plans[b].normalisation, block.pixels * batch)
      block.differentiateConvolution(outer, { filters, input: true })
      if (filters) weights.set(plans[b].kernel, block.filterGradient())
    }
    const outer = blocks[0].inputGradient
    const clip = windowFrames * channels * 4
    level.clearSums()
    for (let i = 0; i < clips; i++) {
      const from = outer.first + i * outer.clip
      kernel.levelSums(
        ...([areas.features + i * clip, windowFrames, channels, levelConstants, from] as const),
        outer.line,
        levelSums,
      )
    }
    normalise(level, this.#plan.level, windowFrames * batch)
  }

  /** ∂L/∂features. */
  #gradient({ features, levelConstants, blocks, clips }: Areas): Float32Array {
    const { windowFrames, channels } = this.#plan
    const outer = blocks[0].inputGradient
    const length = windowFrames * channels
    for (let i = 0; i < clips; i++) {
      const from = outer.first + i * outer.clip
      this.#kernel.levelGradient(
        ...([features + i * length * 4, windowFrames, channels, levelConstants, from, outer.line] as const),
      )
    }
    return new Float32Array(this.#kernel.memory.buffer, features, clips * length).slice()
  }

  #loadWeights({ level, blocks, dense }: Areas, carries: boolean): void {
    const all = this.#weights
    const load = (one: ChannelNormalisation, plan: NormalisationPlan) =>
      one.load({
        gamma: all[plan.gamma],
        beta: all[plan.beta],
        movingMean: all[plan.movingMean],
        movingVariance: all[plan.movingVariance],
      })
    load(level, this.#plan.level)
    blocks.forEach((block, b) => {
      const plan = this.#plan.blocks[b]
      load(block.normalisation, plan.normalisation)
      block.load(all[plan.kernel], carries)
    })
    dense.load(all[this.#plan.kernel], all[this.#plan.bias])
  }

  #place(clips: number): Areas {
    const { windowFrames, channels, labels, level, blocks: plans } = this.#plan
    const kernel = this.#kernel
    const layout = new MemoryLayout(kernel, kernel.heapStart())
    const features = layout.reserve(clips * windowFrames * channels)
    const levelConstants = layout.reserve(6 * channels)
    const levelSums = layout.reserve(2 * 2 * channels)
    const blocks: ConvolutionBlock[] = []
    let [inputs, height, width] = [4, windowFrames / 2, channels / 2]
    for (const { filters, isPooled, normalisation } of plans) {
      const { epsilon } = normalisation
      const block = new ConvolutionBlock(kernel, layout, {
        ...{ clips, inputs, filters, height, width, isPooled, epsilon },
      })
      blocks.push(block)
      inputs = filters
      height = block.outputHeight
      width = block.outputWidth
    }
    const line = width * PANEL * 4
    const plane = height * line
    const clip = panelsOf(inputs) * plane
    const pictures = () => ({ first: layout.reserve((clips * clip) / 4), line, plane, clip })
    const [last, lastGradient] = [pictures(), pictures()]
    const embedding = new NetworkEmbedding(kernel.memory, this.#plan, { clips, blocks, last, lastGradient })
    return {
      ...{ clips, features, levelConstants, levelSums, blocks, last, lastGradient, embedding },
      level: new ChannelNormalisation(
        kernel.memory,
        { constants: levelConstants, sums: levelSums, panels: 1, width: channels },
        channels,
        level.epsilon,
      ),
      dense: new DenseLayer(kernel, layout, clips, embedding.length, labels),
    }
  }
}
