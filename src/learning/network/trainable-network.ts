/** How a network's loss is computed. */
export interface LossOptions {
  readonly seed: number
  /** Chance of a value before the last dense layer to be left out of a step. */
  readonly dropout: number
  /**
   * Labels of each head, side by side: an example belongs to the head of its one label, and its loss is the cross
   * entropy of that head's softmax. Without heads every label has a sigmoid.
   */
  readonly heads?: readonly number[]
  /** Without heads: what share of an example's loss each label has; 1 / labels when left out. */
  readonly labelShares?: readonly number[]
  /**
   * Whether the last dense layer alone learns: all before it stays as it is, and batch normalisation takes its running
   * statistics, as it does live.
   */
  readonly lastOnly?: boolean
}

/** Which part of a batch a replica of the network learns from. */
export interface NetworkShare {
  /** Of the batch: what is left out by chance depends on it. */
  readonly index: number
  /** Examples of the batch before the share. */
  readonly first: number
  /** Examples of the whole batch. */
  readonly size: number
  /** Whether the gradient at the features is computed as well. */
  readonly wantsFeatures: boolean
}

/** What a share says; the shares of a batch add up. */
export interface NetworkDifferentials {
  /** Cross entropy in nats, the share's part of the mean: per example with heads, else per label. */
  readonly loss: number
  /** ∂L/∂weights, by places of the model's weights. */
  readonly weights: ReadonlyMap<number, Float32Array>
  /** Running statistics that follow, by places of the model's weights: those of the whole batch, which do not add up. */
  readonly statistics: ReadonlyMap<number, Float32Array>
  /** ∂L/∂features, in their shape, when it was asked for. */
  readonly features: Float32Array | undefined
}

/** A network that is trained. */
export interface TrainableNetwork {
  /** [windowFrames, channels] of an example. */
  readonly window: readonly [number, number]
  /** @param features [examples, windowFrames, channels] @param targets [examples, labels]; without heads NaN where unknown */
  differentiate(
    features: Float32Array,
    targets: Float32Array,
    share: NetworkShare,
  ): NetworkDifferentials | Promise<NetworkDifferentials>
}
