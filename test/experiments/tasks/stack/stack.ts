import { layers } from '@tensorflow/tfjs-layers'

/** What a stack makes [windowFrames, channels] of, and of what. */
export interface Stack {
  /** Of hop samples each. */
  readonly windowFrames: number
  readonly hop: number
  /** Values that come out for each frame. */
  readonly channels: number
  readonly seed: number
}

/** Variance below which a first layer's output counts as silence: that of a noise floor at −80 dBFS. */
const SILENCE = 1e-8

/**
 * Neighbours side by side: [1, positions · stride, maps] as [1, positions, stride · maps]. A convolution over patches at
 * stride 1 is one over neighbours at that stride, and its gradient is fast.
 */
export function patches(number: number, positions: number, values: number): layers.Layer {
  return layers.reshape({ name: `patches${number}`, targetShape: [1, positions, values] })
}

/** The first layer: frames of samples, [windowFrames, hop, 1], one after the other as patches, [1, positions, stride]. */
export function samplePatches({ windowFrames, hop }: Stack, stride: number): layers.Layer {
  return layers.reshape({
    name: 'patches1',
    inputShape: [windowFrames, hop, 1],
    targetShape: [1, (windowFrames * hop) / stride, stride],
  })
}

/** Batch normalisation and ReLU. */
export function rectified(number: number): layers.Layer[] {
  return [
    layers.batchNormalization({
      name: `norm${number}`,
      momentum: 0.95,
      ...(number === 1 && { epsilon: SILENCE }),
    }),
    layers.reLU({ name: `relu${number}` }),
  ]
}
