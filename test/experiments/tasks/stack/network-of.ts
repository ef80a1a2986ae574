import { tidy } from '@tensorflow/tfjs-core'
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers'
import { createNetwork, type NetworkOptions } from '../../../../src/learning/network/index.ts'
import type { System } from '../design/names.ts'
import { isStack } from '../design/systems.ts'
import { complexGabor } from './complex-gabor.ts'
import { convStack } from './conv-stack.ts'
import { LearnedKernel } from './learned-kernel.ts'

/** What the default classifier takes of a frame, as of LEAF. */
const CHANNELS = 40

const STACK = { 'conv-stack': convStack, 'complex-gabor': complexGabor }

/** The network of a system: the default classifier, of stacks behind layers that make frames of samples bands. */
export function networkOf(system: System, options: NetworkOptions): Sequential {
  if (!isStack(system)) return createNetwork(options)
  const { windowFrames, channels: hop, seed } = options
  const [, ...classifier] = createNetwork({ ...options, channels: CHANNELS }).layers
  const frames = layers.reshape({ name: 'frames', targetShape: [windowFrames, CHANNELS] })
  const stack = STACK[system]({ windowFrames, hop, channels: CHANNELS, seed })
  return inSequence([...stack, frames, ...classifier])
}

/** The same network of layers that a model file may have: what was learned as a kernel's parameters is a kernel. */
export function inPlainLayers(model: Sequential): Sequential {
  const learned = model.layers.map((layer) => (layer instanceof LearnedKernel ? layer : undefined))
  if (!learned.some((layer) => layer)) return model
  const plain = model.layers.map((layer, i) => learned[i]?.asConvolution() ?? layer)
  const copy = inSequence(plain)
  tidy(() => {
    for (const [i, layer] of learned.entries()) if (layer) plain[i].setWeights([layer.kernel()])
  })
  return copy
}

function inSequence(all: readonly layers.Layer[]): Sequential {
  const model = sequential({ name: 'classifier' })
  for (const layer of all) model.add(layer)
  return model
}
