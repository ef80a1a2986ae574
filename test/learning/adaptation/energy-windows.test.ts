import '@tensorflow/tfjs-backend-wasm'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PcenCompression } from '../../../src/frontend/index.ts'
import { buildLayersModel } from '../../../src/inference/index.ts'
import type { AdaptableModel } from '../../../src/learning/adaptation/adapt-compression.ts'
import type { AdaptationExample } from '../../../src/learning/adaptation/adaptation-example.ts'
import { EnergyAnalysis } from '../../../src/learning/adaptation/energy-analysis.ts'
import {
  differentiate,
  drawWindow,
  type EnergyWindow,
} from '../../../src/learning/adaptation/energy-windows.ts'
import { FrozenClassifier } from '../../../src/learning/adaptation/frozen-classifier.ts'
import { pcenOf } from '../../../src/learning/adaptation/moved-compression.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { readModel } from '../../../src/model/index.ts'
import { tone } from '../tone-folder.ts'
import { EXAMPLES, SIZES, trainedModel } from './noisy-tones.ts'

const LISTS = ['alpha', 'delta', 'root', 'smooth'] as const
const { windowFrames, channels } = SIZES

interface Subject {
  readonly model: AdaptableModel
  readonly windows: readonly EnergyWindow[]
}

/** Windows of sounds somewhere in the middle of them. */
function subject(model: AdaptableModel, examples: readonly AdaptationExample[]): Subject {
  const analysis = new EnergyAnalysis(model.frontend)
  const { window } = new FrozenClassifier(model.classifier, model.isSoftmax, [])
  const windows = examples.map(({ sound, target }, i) =>
    drawWindow({ energies: analysis.of(sound), target }, window, new Random(i)),
  )
  return { model, windows }
}

/** The model that the page comes with, and a second and a half each of four of its labels in name. */
async function events(): Promise<Subject> {
  const { frontend, classifier, labels } = readModel(readFileSync('demo/public/models/events.safetensors'))
  const examples = [300, 800, 1500, 4000].map((frequency, i) => ({
    sound: noisyTone(frequency, 24000, i),
    target: Float32Array.from(labels, (_, label) => Number(label === 3 * i)),
  }))
  return subject({ frontend, classifier: await buildLayersModel(classifier), isSoftmax: false }, examples)
}

function noisyTone(frequency: number, length: number, seed: number): Float32Array {
  const random = new Random(seed)
  return tone(frequency, length, seed).map((sample) => sample + 0.05 * random.normal())
}

const subjects = new Map<string, Subject>()

beforeAll(async () => {
  await prepareBackend()
  subjects.set('tones', subject(await trainedModel(), EXAMPLES))
  subjects.set('tones, a softmax', subject(await trainedModel(true), EXAMPLES))
  subjects.set('events', await events())
}, 60_000)

test('windows lie anywhere in a sound, and what is before them is kept', () => {
  const energies = Float64Array.from({ length: 40 * channels }, (_, i) => i)
  const target = new Float32Array(2)
  const draw = (i: number) => drawWindow({ energies, target }, [windowFrames, channels], new Random(i))
  const drawn = Array.from({ length: 100 }, (_, i) => draw(i))
  expect(new Set(drawn.map(({ lead }) => lead / channels))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8]))
  for (const { energies: own, lead } of drawn) {
    expect(own).toHaveLength(lead + windowFrames * channels)
    expect(own[lead]).toBe(lead)
  }
})

describe.each(['tones', 'tones, a softmax', 'events'])('of the model of %s', (name) => {
  test.each(LISTS.map((list, p) => [list, p] as const))(
    'the gradient of %s is that of the loss',
    async (list, p) => {
      const { model, windows } = subjects.get(name)!
      const start = pcenOf(model.frontend)
      const classifier = new FrozenClassifier(model.classifier, model.isSoftmax, [])
      expect(windows.some(({ lead }) => lead > 0)).toBe(true)
      const { gradients } = await differentiate(classifier, start, windows)
      const steepest = gradients[p].reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      const direction = gradients[p].map((value) => (value / steepest) * start[list][0])
      const lossAt = async (moved: number) => {
        const values = start[list].map((value, n) => value + moved * direction[n])
        const compression: PcenCompression = { ...start, [list]: values }
        return (await differentiate(classifier, compression, windows)).loss
      }
      const expected = gradients[p].reduce((sum, value, n) => sum + value * direction[n], 0)
      // Rectifiers bend the loss within larger steps; within smaller ones float32 rounds away how it differs.
      const step = Math.max(3e-4, 1e-5 / expected)
      const slope = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step)
      expect(Math.abs(slope / expected - 1)).toBeLessThan(0.01)
    },
  )
})
