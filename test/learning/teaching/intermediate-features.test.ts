import '@tensorflow/tfjs-backend-wasm'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { preset } from '../../../src/frontend/index.ts'
import { buildLayersModel, describeLayersModel } from '../../../src/inference/index.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { embedWindows, withNewHead } from '../../../src/learning/network/index.ts'
import { createNetwork } from '../../../src/learning/network/network.ts'
import {
  withIntermediateFeatures,
  withTaughtHead,
} from '../../../src/learning/teaching/intermediate-features.ts'
import { type Model, readModel } from '../../../src/model/index.ts'
import { tinyModel } from '../../model/tiny-model.ts'

const base = readModel(readFileSync('demo/public/models/events.safetensors'))
const { windowFrames } = base.classifier
const windows = base.probe.input.subarray(0, 2 * windowFrames * base.frontend.channels)

beforeAll(prepareBackend)

const withFeatures = (model: Model): Model => ({ ...model, classifier: withIntermediateFeatures(model) })

/** Of two windows. */
const embed = async ({ classifier }: Pick<Model, 'classifier'>) =>
  embedWindows(await buildLayersModel(classifier), windows, 2)

/** The model's layers up to the pooling of this name, flattened and followed by a dense layer of no weight. */
function cutBehind(name: string): Model {
  const { topology } = base.classifier
  const { layers } = topology.config
  const cut = layers.slice(0, layers.findIndex(({ config }) => config.name === name) + 1)
  const names = new Set(cut.map(({ config }) => config.name))
  const end = [{ class_name: 'Flatten', config: { name: 'flat' } }, ...layers.slice(-2)]
  return {
    ...base,
    classifier: {
      ...base.classifier,
      topology: { ...topology, config: { ...topology.config, layers: [...cut, ...end] } },
      weights: base.classifier.weights.filter((weight) => names.has(weight.name.split('/')[0])),
    },
  }
}

/** Of every column and map of a pooling the highest value over time, of two windows. */
async function peaksOf(name: string, height: number, columns: number): Promise<number[][]> {
  const values = await embed(withNewHead(cutBehind(name), 1))
  return [0, 1].map((window) =>
    Array.from({ length: columns }, (_, column) =>
      Math.max(
        ...Array.from({ length: height }, (_, row) => values[(window * height + row) * columns + column]),
      ),
    ),
  )
}

test('of the default model: the maxima of its last two poolings, then its embedding', async () => {
  const { classifier, inputs } = withTaughtHead(base, 3)
  // Its layers have 96, 192 and 320 filters, whose maps are five, two and two bands high.
  expect(inputs).toBe(5 * 96 + 2 * 192 + 2 * 320)
  const given = await embed({ classifier })
  const own = await embed(withNewHead(base, 1))
  const second = await peaksOf('pooling2', 12, 5 * 96)
  const third = await peaksOf('pooling3', 6, 2 * 192)
  for (const window of [0, 1]) {
    const expected = [...second[window], ...third[window], ...own.subarray(640 * window, 640 * (window + 1))]
    const values = [...given.subarray(inputs * window, inputs * (window + 1))]
    expect(Math.max(...values.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-5)
    expect(Math.max(...second[window], ...third[window])).toBeGreaterThan(1)
  }
})

describe('stays as it is', () => {
  test('without a pooling', () => {
    const tiny = tinyModel()
    expect(withIntermediateFeatures(tiny)).toBe(tiny.classifier)
  })

  test('once it has them', () => {
    const first = withFeatures(base)
    expect(withIntermediateFeatures(first)).toBe(first.classifier)
  })

  test('where its last layer looks at more than a vector', () => {
    const { layers } = base.classifier.topology.config
    const rows = layers.filter(({ class_name }) => class_name !== 'GlobalAveragePooling1D')
    // A sigmoid per label and row, of which the mean is taken: no head that could be learned.
    const mean = { class_name: 'GlobalAveragePooling1D', config: { name: 'late' } }
    const model = withLayers([
      ...rows,
      mean,
      { class_name: 'Activation', config: { name: 'end', activation: 'sigmoid' } },
    ])
    expect(withIntermediateFeatures(model)).toBe(model.classifier)
  })
})

const withLayers = (layers: Model['classifier']['topology']['config']['layers']): Model => {
  const { topology } = base.classifier
  const config = { ...topology.config, layers }
  return { ...base, classifier: { ...base.classifier, topology: { ...topology, config } } }
}

test('an input layer stays the first', () => {
  const [first, ...others] = base.classifier.topology.config.layers
  const { batch_input_shape, ...config } = first.config
  const input = { class_name: 'InputLayer', config: { name: 'window', batch_input_shape } }
  const model = withFeatures(withLayers([input, { ...first, config }, ...others]))
  const { layers } = model.classifier.topology.config
  expect(layers.filter(({ class_name }) => class_name === 'InputLayer')).toHaveLength(1)
  expect(layers.map(({ name }) => name)).toEqual(
    withFeatures(base).classifier.topology.config.layers.map(({ name }) => name),
  )
})

test.each([
  {
    filters: [300, 100, 100],
    inputs: 5 * 100 + 5 * 100,
    why: 'a pooling that the discriminant has no room for',
  },
  { filters: [8, 500, 10], inputs: 5 * 10, why: 'all where the last pooling alone is too long' },
])('leaves out $why', ({ filters, inputs }) => {
  const model = createNetwork({
    ...{ windowFrames: 96, channels: 40, labels: 2, seed: 1, activation: 'sigmoid' },
    filters,
  })
  const { topology, weights } = describeLayersModel(model)
  const classifier = { topology, weights, windowFrames: 96, hopFrames: 24 }
  const made = { ...base, frontend: preset('leaf'), labels: ['one', 'two'], classifier }
  expect(withTaughtHead(made, 2).inputs).toBe(inputs)
})
