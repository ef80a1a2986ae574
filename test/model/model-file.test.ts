import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LeafError } from '../../src/error.ts'
import { preset } from '../../src/frontend/index.ts'
import { type Model, readModel, writeModel } from '../../src/model/index.ts'
import { filteredNames } from '../frontend/filtered.ts'
import { type FileParts, putTogether, refusal, takeApart } from './file-parts.ts'
import { tinyModel } from './tiny-model.ts'

/** The message with which a file is refused after `spoil` changed its parts. */
function spoilt(spoil: (parts: FileParts) => void): string {
  const parts = takeApart(writeModel(tinyModel()))
  spoil(parts)
  const error = refusal(() => readModel(putTogether(parts.header, parts.data)))
  expect(error.code).toBe('model-file')
  return error.message
}

type Tree = { [key: string]: unknown }

/** As `spoilt`, setting one value in one JSON text of the metadata; undefined takes its key away. */
function spoiltAt(key: string, path: string, value: unknown): string {
  return spoilt(({ header }) => {
    const root: Tree = { value: JSON.parse(header.__metadata__[key] as string) }
    const keys = path === '' ? ['value'] : ['value', ...path.split('.')]
    const last = keys.pop()!
    const parent = keys.reduce((node, name) => node[name] as Tree, root)
    parent[last] = value
    header.__metadata__[key] = JSON.stringify(root.value)
  })
}

/** A max-pooling without padding. */
function valid(pool_size: number[]) {
  return {
    class_name: 'MaxPooling2D',
    config: { name: 'pool', pool_size, strides: [1, 1], padding: 'valid' },
  }
}

describe('a model file', () => {
  test.each(filteredNames)('with the %s frontend gives back the model that was written', (name) => {
    const tiny = tinyModel()
    const [first, second] = tiny.decoding.labels
    const decoding = { ...tiny.decoding, labels: [first, { ...second, onsetOffsetSeconds: 0.01 }] }
    const model: Model = { ...tiny, decoding, frontend: preset(name, { channels: 4 }) }
    const bytes = writeModel(model)
    expect(readModel(bytes)).toEqual(model)
    expect(writeModel(readModel(bytes))).toEqual(bytes)
  })

  test('keeps the parameters of the frontend exact, as float64 tensors', () => {
    const { header } = takeApart(writeModel(tinyModel()))
    expect(header['frontend.filterbank.center'].dtype).toBe('F64')
    expect(JSON.parse(header.__metadata__.frontend as string).filterbank).toEqual({ kind: 'gabor' })
  })

  test('is not written when it would be refused', () => {
    const model = tinyModel()
    model.classifier.weights[0].values[3] = Number.NaN
    const error = refusal(() => writeModel(model))
    expect(error.message).toMatch(/tensor "classifier.conv\/kernel" has NaN at place 3/)
    expect(error.remedy).toMatch(/writeModel/)
  })
})

describe('a spoilt model file', () => {
  test('cut off anywhere is refused', () => {
    const file = writeModel(tinyModel())
    for (let length = 0; length < file.length; length += 3) {
      expect(refusal(() => readModel(file.subarray(0, length))).code).toBe('model-file')
    }
  })

  test('with bytes changed anywhere is refused by a LeafError or is a whole model', () => {
    const file = writeModel(tinyModel())
    const change = fc.tuple(fc.nat({ max: file.length - 1 }), fc.nat({ max: 255 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const mutated = file.slice()
        for (const [place, byte] of changes) mutated[place] = byte
        let model: Model
        try {
          model = readModel(mutated)
        } catch (error) {
          expect(error).toBeInstanceOf(LeafError)
          expect((error as LeafError).code).toBe('model-file')
          return
        }
        expect(readModel(writeModel(model))).toEqual(model)
        expect(model.classifier.weights.map(({ shape }) => shape)).toEqual(
          tinyModel().classifier.weights.map(({ shape }) => shape),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['format', 'other', /__metadata__.format/],
    ['version', '2', /__metadata__.version/],
    ['surprise', '1', /__metadata__.surprise is unknown/],
    ['card', undefined, /__metadata__.card is missing/],
    ['labels', '[', /__metadata__.labels is not JSON/],
  ])('with %s %j in its metadata is refused by that name', (key, text, message) => {
    expect(spoilt(({ header }) => Object.assign(header.__metadata__, { [key]: text }))).toMatch(message)
  })

  test.each([
    ['labels', '', ['a'], /decoding.labels has 2 entries for 1 labels/],
    ['labels', '', ['a', 'b', 'c'], /decoding.labels has 2 entries for 3 labels/],
    ['labels', '', ['a', 'a'], /labels has "a" twice/],
    ['labels', '0', '', /labels.0/],
    ['labels', '0', 1, /labels.0/],
    ['decoding', 'labels.1.on', 1.5, /decoding.labels.1.on/],
    ['decoding', 'labels.1.off', 0.9, /decoding.labels.1 is refused \(off is above on\)/],
    ['decoding', 'labels.1.onsetOffsetSeconds', -0.1, /decoding.labels.1.onsetOffsetSeconds/],
    ['decoding', 'labels.1.onsetOffsetSeconds', 1, /onsetOffsetSeconds is not below [\d.]+ s/],
    ['decoding', 'smoothingSeconds', null, /decoding.smoothingSeconds/],
    ['decoding', 'mergeGapSeconds', undefined, /decoding.mergeGapSeconds/],
    ['decoding', 'more', 1, /decoding.more/],
    ['card', 'metrics.f1', '1', /card.metrics.f1/],
    ['card', 'name', '', /card.name/],
    ['card', 'credits', 'me', /card.credits/],
    ['classifier', 'windowFrames', 7, /classifier.topology.config.layers.0.config.batch_input_shape/],
    ['classifier', 'windowFrames', 1e9, /classifier.windowFrames/],
    ['classifier', 'hopFrames', 0, /classifier.hopFrames/],
    ['classifier', 'hopFrames', 7, /classifier.hopFrames is 7, longer than the window/],
    ['classifier', 'topology', null, /classifier.topology/],
    ['classifier', 'topology.class_name', 'Other', /classifier.topology.class_name/],
    ['classifier', 'topology.config.layers', [], /classifier.topology.config.layers/],
    ['frontend', 'channels', 5, /frontend is refused/],
    ['frontend', 'filterbank.kind', 'wavelet', /filterbank.kind/],
    ['frontend', 'filterbank.extra', 1, /filterbank.extra/],
    ['frontend', 'filterbank', 3, /tensor "frontend.filterbank.center" is unknown/],
    ['frontend', 'pooling.width', [1], /tensor "frontend.pooling.width" is in the metadata too/],
    ['frontend', '', [], /frontend/],
  ])('with %s at "%s" made %j is refused by that name', (key, path, value, message) => {
    expect(spoiltAt(key, path, value)).toMatch(message)
  })

  test.each([
    ['0.class_name', 'Lambda', /layers.0.class_name is "Lambda", not one of/],
    ['0.class_name', 'toString', /layers.0.class_name is "toString"/],
    ['0.config.filters', 4, /"classifier.conv\/kernel" shape is \[3, 3, 1, 3\], not \[3, 3, 1, 4\]/],
    ['0.config.filters', 1e9, /layers.0.config.filters/],
    ['0.config.strides', [0, 1], /layers.0.config.strides.0/],
    ['0.config.strides', [7, 1, 1], /layers.0.config.strides/],
    ['0.config.kernel_size', [7, 7], /tensor "classifier.conv\/kernel" shape/],
    ['0.config.data_format', 'channels_first', /layers.0.config.data_format/],
    ['0.config.wrong', 1, /layers.0.config.wrong/],
    ['0.config.batch_input_shape', undefined, /layers.0.config.batch_input_shape is undefined/],
    ['1', { class_name: 'Flatten', config: { name: 'flat' } }, /shape is \[3, 2\], not \[72, 2\]/],
    [
      '1',
      { class_name: 'GlobalMaxPooling1D', config: { name: 'max' } },
      /layers.1.config takes an input of rank 2/,
    ],
    [
      '1',
      { class_name: 'Reshape', config: { name: 'r', target_shape: [5, null] } },
      /makes an output of shape/,
    ],
    ['1', { class_name: 'Permute', config: { name: 'p', dims: [1, 4] } }, /makes an output of shape/],
    ['1', valid([7, 3]), /layers.1.config makes an output of shape \[0, 2, 3\]/],
    ['1.config.name', 'conv', /layers.1.config.name is "conv" for a second time/],
    ['1.config.name', '../x', /layers.1.config.name/],
    ['2.config.activation', 'softmax', /layers.2.config.activation/],
    ['2.config.activation', 'relu', /layers.2.config.activation is not sigmoid/],
    ['2.config.units', 3, /output of shape \[3\] for 2 labels/],
    ['2.config.use_bias', false, /tensor "classifier.scores\/bias" is not asked for/],
    ['2.config.name', 'other', /tensor "classifier.other\/kernel" is missing/],
  ])('with layer %s made %j is refused by that name', (path, value, message) => {
    expect(spoiltAt('classifier', `topology.config.layers.${path}`, value)).toMatch(message)
  })

  test('asking for activations without bound is refused before anything is allocated', () => {
    const { layers } = tinyModel().classifier.topology.config
    const message = spoiltAt('classifier', 'topology.config.layers', [
      layers[0],
      { class_name: 'Reshape', config: { name: 'long', target_shape: [null, 1] } },
      { class_name: 'Dense', config: { name: 'wide', units: 4096, activation: 'relu', use_bias: true } },
      { class_name: 'Flatten', config: { name: 'flat' } },
      { class_name: 'Reshape', config: { name: 'longer', target_shape: [null, 1] } },
      { class_name: 'Dense', config: { name: 'wider', units: 4096, activation: 'relu', use_bias: true } },
    ])
    expect(message).toMatch(/layers.5.config makes an output of shape \[294912, 4096\]/)
  })

  test('with tensors of the wrong name, type or shape is refused by that name', () => {
    const rename = (from: string, to: string) => (parts: FileParts) => {
      parts.header[to] = parts.header[from]
      delete parts.header[from]
    }
    expect(spoilt(rename('probe.input', 'probe.inputs'))).toMatch(
      /tensor "probe.input" shape holds 0 windows/,
    )
    expect(spoilt(rename('probe.output', 'probe.outputs'))).toMatch(/tensor "probe.output" is missing/)
    const empty = { dtype: 'F32', shape: [0], data_offsets: [0, 0] }
    expect(spoilt(({ header }) => Object.assign(header, { 'probe.more': empty }))).toMatch(
      /probe has more tensors/,
    )
    expect(spoilt(rename('probe.output', 'other'))).toMatch(/tensor "other" is unknown/)
    expect(spoilt(rename('classifier.conv/bias', 'classifier.conv/bias2'))).toMatch(
      /classifier.conv\/bias" is missing/,
    )
    expect(spoilt(rename('frontend.pooling.width', 'frontend.pooling.with'))).toMatch(/pooling.with/)
    expect(spoilt(rename('frontend.pooling.width', 'frontend.alignment.poolingLeft'))).toMatch(
      /alignment.poolingLeft" is unknown/,
    )
    expect(spoilt(({ header }) => Object.assign(header['probe.output'], { shape: [4, 1] }))).toMatch(
      /probe.output" shape/,
    )
    expect(
      spoilt(({ header }) => Object.assign(header['frontend.pooling.width'], { dtype: 'F32', shape: [8] })),
    ).toMatch(/tensor "frontend.pooling.width" dtype is F32, not F64/)
    expect(
      spoilt(({ header }) => Object.assign(header['frontend.pooling.width'], { shape: [1, 2, 2] })),
    ).toMatch(/tensor "frontend.pooling.width" shape has 3 axes/)
  })

  test('with numbers that are not finite is refused by the tensor that has them', () => {
    for (const name of [
      'frontend.filterbank.sigma',
      'classifier.scores/bias',
      'probe.input',
      'probe.output',
    ]) {
      const message = spoilt(({ header, data }) => {
        const [begin, end] = header[name].data_offsets as [number, number]
        data.fill(0xff, begin, end)
      })
      expect(message).toMatch(`tensor "${name}" has NaN at place 0`)
    }
  })

  test('with keys that reach a prototype anywhere in its JSON is refused', () => {
    for (const key of ['labels', 'decoding', 'card', 'classifier', 'frontend']) {
      const message = spoilt(({ header }) => {
        header.__metadata__[key] = `{"a":[{"__proto__":{"polluted":1}}]}`
      })
      expect(message).toMatch(`__metadata__.${key}.a.0.__proto__ is a forbidden key`)
    }
    expect({}).not.toHaveProperty('polluted')
  })
})
