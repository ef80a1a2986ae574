import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LeafError } from '../../src/error.ts'
import { preset } from '../../src/frontend/index.ts'
import { loadClassifier, withProbe } from '../../src/inference/node.ts'
import { importYamnet, isTflite, readModel, writeModel } from '../../src/model/index.ts'
import { TINY_LABELS, tinyYamnet } from './tiny-tflite.ts'

const { bytes, weights } = tinyYamnet()

describe('a TensorFlow Lite file of YAMNet', () => {
  test('gives its layers and its weights, to the bit, int8 with their scales', () => {
    expect(isTflite(bytes)).toBe(true)
    const { classifier, frontend, labels } = importYamnet(bytes, TINY_LABELS)
    expect(frontend).toEqual(preset('yamnet', { channels: 8 }))
    expect([labels, classifier.windowFrames, classifier.hopFrames]).toEqual([TINY_LABELS, 12, 12])
    const { layers } = classifier.topology.config
    expect(layers.map(({ class_name, config }) => `${config.name} ${class_name}`)).toEqual([
      'layer1 Conv2D',
      'layer2_depthwise DepthwiseConv2D',
      'layer2_pointwise Conv2D',
      'embedding GlobalAveragePooling2D',
      'dense Dense',
      'scores Activation',
    ])
    expect(layers[0].config).toMatchObject({ strides: [2, 2], padding: 'same', activation: 'relu' })
    expect(classifier.weights.map(({ name }) => name)).toEqual(Object.keys(weights))
    for (const { name, shape, values } of classifier.weights) expect({ shape, values }).toEqual(weights[name])
    expect(classifier.weights.map(({ storage }) => storage?.type === 'int8')).toEqual([
      ...[false, false, true, false, true, false, true, false],
    ])
  })

  test('becomes a model file that is read again and runs, in fewer bytes than float32', async () => {
    const imported = importYamnet(bytes, TINY_LABELS)
    const model = await withProbe(
      imported,
      Float32Array.from({ length: 2 * 12 * 8 }, (_, i) => Math.sin(i)),
    )
    const file = writeModel(model)
    expect(readModel(file)).toEqual(model)
    const classifier = await loadClassifier(readModel(file))
    expect(await classifier.infer(model.probe.input, 2)).toEqual(model.probe.output)
    classifier.dispose()
    const plain = model.classifier.weights.map((weight) => ({ ...weight, storage: undefined }))
    const float = writeModel({ ...model, classifier: { ...model.classifier, weights: plain } })
    expect(readModel(float).classifier.weights.map(({ values }) => values)).toEqual(
      model.classifier.weights.map(({ values }) => values),
    )
  })

  test.each([
    ['other mel filters', tinyYamnet({ mel: 1.1 }).bytes, TINY_LABELS, 'has other mel filters'],
    [
      'an activation that layers have not',
      tinyYamnet({ activation: 4 }).bytes,
      TINY_LABELS,
      'the activation 4',
    ],
    ['a mean over other axes', tinyYamnet({ meanAxes: [1, 3] }).bytes, TINY_LABELS, 'over the axes 1, 3'],
    ['asymmetric int8', tinyYamnet({ zeroPoint: 3 }).bytes, TINY_LABELS, 'has a zero point'],
    ['too few scales', tinyYamnet({ scales: 4 }).bytes, TINY_LABELS, 'has 4 scales'],
    ['too few names', bytes, ['Beep'], 'has 2 scores, but there are 1 names'],
  ])('with %s is refused', (_, file, labels, problem) => {
    expect(() => importYamnet(file, labels)).toThrow(expect.objectContaining({ code: 'model-file' }))
    expect(() => importYamnet(file, labels)).toThrow(problem)
  })

  test('that ends early in a larger buffer is not read beyond its end', () => {
    expect(() => importYamnet(bytes.subarray(0, -4), TINY_LABELS)).toThrow('points beyond its end')
  })

  test('cut off or changed anywhere is refused by a LeafError or is read', () => {
    const change = fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255), end: fc.nat(bytes.length) })
    fc.assert(
      fc.property(change, fc.boolean(), ({ at, value, end }, isCut) => {
        const file = isCut ? bytes.slice(0, end) : Uint8Array.from(bytes).fill(value, at, at + 1)
        try {
          importYamnet(file, TINY_LABELS)
        } catch (error) {
          if (!(error instanceof LeafError)) throw error
        }
      }),
      // Options of an operator, which are read after the graph.
      { numRuns: 300, examples: [[{ at: 1830, value: 12, end: 0 }, false]] },
    )
  })
})
