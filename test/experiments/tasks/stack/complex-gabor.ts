import type { layers } from '@tensorflow/tfjs-layers'
import { preset } from '../../../../src/frontend/index.ts'
import { ComplexConvolution } from './complex-convolution.ts'
import { GaborConvolution } from './gabor-convolution.ts'
import { patches, rectified, type Stack, samplePatches } from './stack.ts'

/** Samples from one output of the Gabor filters to the next: 1600 complex numbers a second, for bands of up to 718 Hz. */
const GABOR_STRIDE = 10
/** From there on to a hop. */
const STRIDES = [4, 4]

/**
 * Complex convolutions behind Gabor filters whose real and imaginary outputs are kept, after Noé, Parcollet and Morchid
 * ("CGCNN", ICASSP 2020): 40 filters that start as LEAF's, strided, then complex convolutions, each normalised and
 * rectified in real and imaginary parts.
 */
export function complexGabor(sizes: Stack): layers.Layer[] {
  const leaf = preset('leaf')
  let positions = (sizes.windowFrames * sizes.hop) / GABOR_STRIDE
  let inputs = leaf.channels
  const complex = STRIDES.flatMap((stride, i) => {
    positions /= stride
    const outputs = i < STRIDES.length - 1 ? leaf.channels : sizes.channels / 2
    const options = { name: `complex${i + 1}`, inputs, outputs, stride, seed: sizes.seed + i }
    const layer = [
      patches(i + 2, positions, stride * 2 * inputs),
      new ComplexConvolution(options),
      ...rectified(i + 2),
    ]
    inputs = outputs
    return layer
  })
  return [
    samplePatches(sizes, GABOR_STRIDE),
    new GaborConvolution('gabor', leaf, GABOR_STRIDE),
    ...rectified(1),
    ...complex,
  ]
}
