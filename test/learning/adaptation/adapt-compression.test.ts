import '@tensorflow/tfjs-backend-wasm'
import { mul } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type FrontendDescription, preset } from '../../../src/frontend/index.ts'
import {
  type AdaptableModel,
  type AdaptationOptions,
  type AdaptationProgress,
  adaptCompression,
} from '../../../src/learning/adaptation/adapt-compression.ts'
import { EnergyAnalysis } from '../../../src/learning/adaptation/energy-analysis.ts'
import { differentiate } from '../../../src/learning/adaptation/energy-windows.ts'
import { FrozenClassifier } from '../../../src/learning/adaptation/frozen-classifier.ts'
import { pcenOf } from '../../../src/learning/adaptation/moved-compression.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { createNetwork } from '../../../src/learning/network/network.ts'
import { EXAMPLES, FRONTEND, SIZES, trainedModel } from './noisy-tones.ts'

const LISTS = ['alpha', 'delta', 'root', 'smooth'] as const

const adapt = (model: AdaptableModel, options: Partial<AdaptationOptions> = {}) =>
  adaptCompression(model, EXAMPLES, { seed: 1, steps: 8, ...options })

/** On the first window of every example. */
async function lossOf(
  { classifier, isSoftmax }: AdaptableModel,
  frontend: FrontendDescription,
): Promise<number> {
  const analysis = new EnergyAnalysis(frontend)
  const windows = EXAMPLES.map(({ sound, target }) => ({
    energies: analysis.of(sound).slice(0, SIZES.windowFrames * SIZES.channels),
    target,
    lead: 0,
  }))
  return (await differentiate(new FrozenClassifier(classifier, isSoftmax, []), pcenOf(frontend), windows))
    .loss
}

let model: AdaptableModel

beforeAll(async () => {
  await prepareBackend()
  model = await trainedModel()
}, 60_000)

describe('adapting the compression', () => {
  test('changes the four lists of PCEN and nothing else, to the bit', async () => {
    const weights = () => model.classifier.weights.map((weight) => [...weight.read().dataSync()])
    const [before, input] = [weights(), structuredClone(FRONTEND)]
    const adapted = await adapt(model)
    expect(weights()).toEqual(before)
    expect(FRONTEND).toEqual(input)
    const { compression, ...rest } = adapted
    const { compression: started, ...others } = FRONTEND
    expect(rest).toEqual(others)
    const [now, then] = [pcenOf(adapted), pcenOf(FRONTEND)]
    for (const list of LISTS) expect(now[list], list).not.toEqual(then[list])
    expect({ ...compression, ...Object.fromEntries(LISTS.map((list) => [list, then[list]])) }).toEqual(
      started,
    )
  })

  test.each([
    ['a sigmoid per label', false],
    ['a softmax', true],
  ])('lowers the loss on what was heard, with %s', async (_, isSoftmax) => {
    const trained = isSoftmax ? await trainedModel(true) : model
    const adapted = await adapt(trained, { steps: 20 })
    expect(await lossOf(trained, adapted)).toBeLessThan(0.9 * (await lossOf(trained, FRONTEND)))
  })

  test('is the same for the same seed, and another one for another', async () => {
    const first = await adapt(model)
    expect(await adapt(model)).toEqual(first)
    expect(await adapt(model, { seed: 2 })).not.toEqual(first)
  })

  test('waits for whoever follows its steps', async () => {
    const told: AdaptationProgress[] = []
    let waiting = 0
    await adapt(model, {
      onStep: async (progress) => {
        expect(++waiting).toBe(1)
        await new Promise((resolve) => setTimeout(resolve, 1))
        waiting--
        told.push(progress)
      },
    })
    expect(told.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(told.every(({ steps, loss }) => steps === 8 && loss > 0)).toBe(true)
  })

  test('does not look at a label that is left out', async () => {
    const turned = EXAMPLES.map(({ sound, target: [one, other] }) => ({
      sound,
      target: Float32Array.from([one, 1 - other]),
    }))
    const options = { seed: 1, steps: 3, leftOut: [1] }
    const adapted = await adaptCompression(model, turned, options)
    expect(adapted).toEqual(await adapt(model, options))
    expect(adapted).not.toEqual(await adapt(model, { steps: 3 }))
  })

  test('leaves numbers that a frontend can have, however fast it goes', async () => {
    const adapted = await adapt(model, { rate: 1e9 })
    const { alpha, delta, root, smooth } = pcenOf(adapted)
    const inside = (values: readonly number[], least: number, most: number) =>
      expect(values.filter((value) => !(value >= least && value <= most))).toEqual([])
    inside(alpha, 0.05, 1)
    inside(delta, 0.19, 3.81)
    inside(root, 1, 3.81)
    inside(smooth, 0.0039, 0.0761)
    expect(new EnergyAnalysis(adapted).of(EXAMPLES[0].sound).every(Number.isFinite)).toBe(true)
  })
})

describe('refuses', () => {
  const silence = (length: number) => ({ sound: new Float32Array(length), target: Float32Array.from([1, 0]) })

  test.each([
    ['a frontend without PCEN', 'compression log', preset('mel-log', { channels: 16 }), EXAMPLES],
    ['too little sound', '3.9 seconds of sound are too little', FRONTEND, EXAMPLES.slice(0, 6)],
    ['no sound at all', '0.0 seconds of sound are too little', FRONTEND, []],
    ['a sound shorter than the window', 'Example 9 has 5119 samples', FRONTEND, [...EXAMPLES, silence(5119)]],
    [
      'a sample that is not a number',
      'Example 0 holds a sample that is not a finite number',
      FRONTEND,
      [{ ...silence(16000), sound: new Float32Array(16000).fill(Number.NaN, 7, 8) }, ...EXAMPLES],
    ],
    [
      'a target of another length',
      'The target of example 0 is not 2 numbers 0 or 1',
      FRONTEND,
      [{ ...silence(16000), target: new Float32Array(3) }, ...EXAMPLES],
    ],
  ] as const)('%s', async (_, sentence, frontend, examples) => {
    const adapting = adaptCompression({ ...model, frontend }, examples, { seed: 1 })
    await expect(adapting).rejects.toMatchObject({
      code: 'arguments',
      message: expect.stringContaining(sentence),
    })
  })

  test('to learn from a loss that is not a number', async () => {
    const classifier = createNetwork({ ...SIZES, activation: 'sigmoid' })
    const [kernel, bias] = classifier.layers.at(-2)!.getWeights()
    classifier.layers.at(-2)!.setWeights([mul(kernel, Number.NaN), bias])
    await expect(adapt({ ...model, classifier })).rejects.toMatchObject({
      code: 'training',
      message: expect.stringContaining('At step 1 of adapting the loss or a gradient is not a finite number'),
    })
  })
})
