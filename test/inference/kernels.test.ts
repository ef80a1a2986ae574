import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-wasm'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { inferenceKernels } from '../../.config/tensorflow-kernels.mjs'
import { preset } from '../../src/frontend/index.ts'
import { activate } from '../../src/inference/activate.ts'
import { buildInference } from '../../src/inference/infer.ts'
import type { Model } from '../../src/model/index.ts'
import { tinyModel } from '../model/tiny-model.ts'
import { askedKernels } from './asked.ts'
import { anyClassifier, classifierOf, everyLayer, WINDOW } from './layer-networks.ts'

const [windowFrames, channels] = WINDOW
const model = { ...tinyModel(), frontend: preset('leaf', { channels }) }

/** Scores one window, then three at once. */
async function score(classifier: Model['classifier']): Promise<void> {
  const inference = await buildInference({ ...model, classifier })
  for (const batch of [1, 3])
    await inference.infer(
      Float32Array.from({ length: batch * windowFrames * channels }, (_, i) => Math.sin(i)),
      batch,
    )
  inference.dispose()
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeEach(() => activate(backend))

  test('the layers that a file may have ask for the listed kernels, for all of them and for no others', async () => {
    const asked = askedKernels(backend)
    for (const layers of everyLayer) await score(classifierOf(layers))
    expect([...asked].sort()).toEqual([...inferenceKernels].sort())
  })

  test('however they follow each other, they ask for no others', async () => {
    const asked = askedKernels(backend)
    await fc.assert(fc.asyncProperty(anyClassifier, score), { numRuns: 25 })
    expect([...asked].filter((name) => !inferenceKernels.includes(name))).toEqual([])
    expect(asked.size).toBeGreaterThan(0)
  })
})
