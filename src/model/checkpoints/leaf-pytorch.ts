import { pytorchLeaf } from './pytorch-leaf.ts'

/** SarthakYadav/leaf-pytorch: its `Classifier` has the frontend under `features.`; pooling with a bias that starts at 1. */
export const leafPytorch = pytorchLeaf({
  name: 'leaf-pytorch',
  library: 'leaf-pytorch',
  profile: 'pytorch',
  kernel: '_complex_conv._kernel',
  width: { name: '_pooling.weights', shape: (channels) => [1, 1, channels, 1] },
  bias: '_pooling._bias',
  pcen: {
    alpha: '_compression.alpha',
    delta: '_compression.delta',
    root: '_compression.root',
    smooth: '_compression.ema._weights',
  },
  foreign: {
    '_complex_conv._bias': 'a bias on the filters',
    '_preemp_conv.weight': 'a pre-emphasis',
    '_instance_norm.weight': 'a normalisation over the whole sound',
  },
})
