import { pytorchLeaf } from './pytorch-leaf.ts'

/** SpeechBrain `lobes.features.Leaf`, a copy of leaf-pytorch with names of its own. */
export const speechbrain = pytorchLeaf({
  name: 'speechbrain',
  library: 'SpeechBrain Leaf',
  profile: 'pytorch',
  kernel: 'complex_conv.kernel',
  width: { name: 'pooling.weights', shape: (channels) => [1, 1, channels, 1] },
  bias: 'pooling._bias',
  pcen: {
    alpha: 'compression.alpha',
    delta: 'compression.delta',
    root: 'compression.root',
    smooth: 'compression.ema._weights',
  },
  foreign: { 'complex_conv.bias': 'a bias on the filters' },
})
