import { pytorchLeaf } from './pytorch-leaf.ts'

/** Times of the taps, from -(K // 2). */
const times = (windowLength: number) =>
  Float32Array.from({ length: windowLength }, (_, i) => i - (windowLength >> 1))
const indices = (windowLength: number) => Float32Array.from({ length: windowLength }, (_, i) => i)

/** denfed/leaf-audio-pytorch, whose buffers show the length of the window. */
export const denfed = pytorchLeaf({
  name: 'denfed',
  library: 'leaf-audio-pytorch (denfed)',
  profile: 'pytorch',
  kernel: '_complex_conv._kernel',
  width: { name: '_pooling._kernel', shape: (channels) => [1, 1, channels, 1] },
  pcen: {
    alpha: '_compress_fn.alpha',
    delta: '_compress_fn.delta',
    root: '_compress_fn.root',
    smooth: '_compress_fn.ema._weights',
  },
  buffers: {
    '_complex_conv.gabor_filter_init_t': times,
    '_pooling.gaussian_lowpass_init_t': indices,
  },
  foreign: {
    '_complex_conv._bias': 'a bias on the filters',
    '_preemp_conv.weight': 'a pre-emphasis',
    '_instance_norm.weight': 'a normalisation over the whole sound',
  },
})
