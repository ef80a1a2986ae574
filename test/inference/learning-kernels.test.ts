import '@tensorflow/tfjs-backend-cpu'
import type { Sequential } from '@tensorflow/tfjs-layers'
import { expect, test } from 'vitest'
import { gradients, inferenceKernels, learningKernels } from '../../.config/tensorflow-kernels.mjs'
import { activate } from '../../src/inference/activate.ts'
import { buildLayersModel } from '../../src/inference/index.ts'
import { FrozenClassifier } from '../../src/learning/adaptation/frozen-classifier.ts'
import { prepareBackend } from '../../src/learning/backend.ts'
import { TrainableClassifier } from '../../src/learning/network/index.ts'
import type { Model } from '../../src/model/index.ts'
import { askedGradients, askedKernels } from './asked.ts'
import { classifierOf, isDepthwise, trainable, WINDOW } from './layer-networks.ts'

const WINDOWS = 3
const [windowFrames, channels] = WINDOW
const features = Float32Array.from({ length: WINDOWS * windowFrames * channels }, (_, i) => Math.sin(i))
const targets = Float32Array.of(1, 0, 0, 1, 0, 0)

/** Scores, and the gradients of learning everything, of learning the last layer alone, and of adapting. */
async function learn(classifier: Model['classifier']): Promise<void> {
  const model = (await buildLayersModel(classifier)) as Sequential
  for (const lastOnly of [false, true]) {
    const learner = new TrainableClassifier(model, { seed: 1, dropout: 0.1, lastOnly })
    await learner.differentiate(features, targets, 0, !lastOnly)
  }
  await new FrozenClassifier(model, false, []).differentiate(features, targets)
  model.dispose()
}

test('learning asks for the listed kernels and gradients, for all of them and for no others', async () => {
  await prepareBackend()
  const [onWasm, onCpu, differentiated] = [askedKernels('wasm'), askedKernels('cpu'), askedGradients()]
  for (const layers of trainable) if (!layers.some(isDepthwise)) await learn(classifierOf(layers))
  // WebAssembly cannot train these; here plain JavaScript, which has every kernel, is in the place of WebGPU.
  await activate('cpu')
  for (const layers of trainable) if (layers.some(isDepthwise)) await learn(classifierOf(layers))
  const asked = new Set([...onWasm, ...onCpu])
  expect([...asked].sort()).toEqual([...inferenceKernels, ...learningKernels].sort())
  expect([...differentiated].sort()).toEqual([...gradients, 'FusedBatchNorm'].sort())
})
