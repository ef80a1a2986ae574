import { pytorchLeaf } from './pytorch-leaf.ts'

/** CPJKU/EfficientLEAF `OG_leaf.py`: the official code carried over, padding and all. */
export const ogLeaf = pytorchLeaf({
  name: 'og-leaf',
  library: 'EfficientLEAF OG_leaf',
  profile: 'tensorflow',
  kernel: '_complex_conv._kernel',
  width: { name: '_pooling.kernel', shape: (channels) => [channels, 1, 1, 1] },
  pcen: {
    alpha: '_compress_fn.alpha',
    delta: '_compress_fn.delta',
    root: '_compress_fn.root',
    smooth: '_compress_fn.ema._weights',
  },
  foreign: {
    '_complex_conv._bias': 'a bias on the filters',
    '_preemp_conv.weight': 'a pre-emphasis',
    '_instance_norm.weight': 'a normalisation over the whole sound',
  },
})
