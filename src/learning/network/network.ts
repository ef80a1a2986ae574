import { concat, fill, slice, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core'
import { initializers, layers, type Sequential, sequential } from '@tensorflow/tfjs-layers'
import { LeafError } from '../../error.ts'
import type { Weight } from '../../model/index.ts'

export interface NetworkOptions {
  /** Even. */
  readonly windowFrames: number
  /** Even. */
  readonly channels: number
  readonly labels: number
  readonly seed: number
  /** What comes out: a sigmoid per label where each holds or not by itself, logits for heads of labels. */
  readonly activation: 'sigmoid' | 'linear'
  /** Of the convolutions; between two of them both axes are halved. Left out: `FILTERS`. */
  readonly filters?: readonly number[]
}

/** 169,000 weights over 100 frames of 40 channels. */
export const FILTERS: readonly number[] = [24, 48, 96, 128]

/**
 * The default classifier, [windowFrames, channels, 1] → one number per label: every channel brought to mean 0 and
 * variance 1, patches of 2 × 2 values as 4 maps (a first stride of 2 that costs nothing to train), then 3 × 3
 * convolutions, each normalised, rectified and pooled, and the mean over time of what is left.
 */
export function createNetwork({
  windowFrames,
  channels,
  labels,
  seed,
  activation,
  filters: maps = FILTERS,
}: NetworkOptions): Sequential {
  const [rows, columns] = [windowFrames / 2, channels / 2]
  const model = sequential({ name: 'classifier' })
  model.add(
    layers.reshape({
      name: 'frames',
      inputShape: [windowFrames, channels, 1],
      targetShape: [windowFrames, channels],
    }),
  )
  model.add(layers.batchNormalization({ name: 'level', momentum: 0.95 }))
  model.add(layers.reshape({ name: 'pairs', targetShape: [rows, 2, columns, 2] }))
  model.add(layers.permute({ name: 'patches', dims: [1, 3, 2, 4] }))
  model.add(layers.reshape({ name: 'maps', targetShape: [rows, columns, 4] }))
  maps.forEach((filters, i) => {
    if (i > 0) model.add(layers.maxPooling2d({ name: `pooling${i}`, poolSize: 2 }))
    model.add(
      layers.conv2d({
        name: `convolution${i + 1}`,
        filters,
        kernelSize: 3,
        padding: 'same',
        useBias: false,
        kernelInitializer: initializers.heNormal({ seed: seed + i }),
      }),
    )
    model.add(layers.batchNormalization({ name: `normalisation${i + 1}`, momentum: 0.95 }))
    model.add(layers.reLU({ name: `rectifier${i + 1}` }))
  })
  const [, height, width, last] = model.outputs[0].shape as number[]
  model.add(layers.reshape({ name: 'rest', targetShape: [height, width * last] }))
  model.add(layers.globalAveragePooling1d({ name: 'mean' }))
  model.add(
    layers.dense({ name: 'scores', units: labels, kernelInitializer: initializers.glorotUniform({ seed }) }),
  )
  model.add(layers.activation({ name: 'output', activation }))
  return model
}

/** Gives a network of `createNetwork` the weights of another one, of whose labels its own are those from `first` on. */
export function copyLabels(from: Sequential, to: Sequential, first: number): void {
  tidy(() => {
    const weights = from.getWeights()
    to.setWeights(
      to.getWeights().map(({ shape }, i) => {
        const axis = shape.length - 1
        // Of the last layer's weights, [inputs, labels], and biases some columns; all of everything else.
        const begin = shape.map((size, n) => (n === axis && size < weights[i].shape[axis] ? first : 0))
        return slice(weights[i], begin, shape)
      }),
    )
  })
}

/**
 * Gives a network of `createNetwork` the weights of a model file's classifier. Labels that it has beyond the file's start
 * with weights of zero: noise in their place would send noise back into everything that the file has learned.
 *
 * @param bias of those labels, the log-odds of a score that they have whatever is heard
 * @throws LeafError `arguments` where the networks are not of the same layers and sizes
 */
export function loadWeights(model: Sequential, weights: readonly Weight[], bias: number): void {
  const byName = new Map(weights.map((weight) => [weight.name, weight]))
  tidy(() => {
    const taken = model.weights.map(({ originalName, shape }) =>
      begunFrom(shape as number[], byName.get(originalName), originalName.startsWith('scores/'), bias),
    )
    if (taken.includes(undefined) || taken.length !== weights.length)
      throw new LeafError(
        'arguments',
        'The model to begin from has a classifier of other layers or sizes.',
        'Give --filters as it was trained with, or another model.',
      )
    model.setWeights(taken as Tensor[])
  })
}

/** A weight as in the file; of the last layer with the further labels behind the file's. Undefined where sizes differ. */
function begunFrom(
  shape: readonly number[],
  weight: Weight | undefined,
  isOfLabels: boolean,
  bias: number,
): Tensor | undefined {
  const axis = shape.length - 1
  const known = weight?.shape[axis] ?? 0
  const wanted = shape.map((size, n) => (n === axis && isOfLabels ? known : size))
  if (!weight || String(wanted) !== String(weight.shape) || known > shape[axis]) return undefined
  const given = tensor(weight.values, wanted)
  const rest = shape.map((size, n) => (n === axis ? size - known : size))
  // Of one axis it is the bias.
  return known === shape[axis] ? given : concat([given, fill(rest, axis === 0 ? bias : 0)], axis)
}
