import { initializers, layers } from '@tensorflow/tfjs-layers'
import { patches, rectified, type Stack, samplePatches } from './stack.ts'

const STRIDES = [5, 4, 2, 2, 2]
/** Maps of the layers but the last, which has as many as the classifier takes. wav2vec has 512. */
const MAPS = 64

/**
 * The encoder of wav2vec (Schneider et al., Interspeech 2019), kernels of 10, 8, 4, 4, 4 samples at strides of 5, 4, 2, 2,
 * 2, together a hop of 160; narrow, and batch-normalised where wav2vec normalises groups. Every kernel is two strides long:
 * two patches.
 */
export function convStack(sizes: Stack): layers.Layer[] {
  let positions = sizes.windowFrames * sizes.hop
  let maps = 1
  return STRIDES.flatMap((stride, i) => {
    positions /= stride
    const filters = i < STRIDES.length - 1 ? MAPS : sizes.channels
    const convolution = layers.conv2d({
      name: `stack${i + 1}`,
      filters,
      kernelSize: [1, 2],
      padding: 'same',
      useBias: false,
      kernelInitializer: initializers.heNormal({ seed: sizes.seed + i }),
    })
    const before = i === 0 ? samplePatches(sizes, stride) : patches(i + 1, positions, stride * maps)
    maps = filters
    return [before, convolution, ...rectified(i + 1)]
  })
}
