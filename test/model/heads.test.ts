import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Model, readModel, selectHeads, softmaxOfHeads, writeModel } from '../../src/model/index.ts'
import { putTogether, refusal, takeApart } from './file-parts.ts'
import { HEADS, headedModel, seeded, tinyModel, tinyScores } from './tiny-model.ts'

/** The message with which the file of a model is refused when a text of its metadata is another. */
function spoilt(model: Model, key: string, change: (value: never) => unknown): string {
  const { header, data } = takeApart(writeModel(model))
  const text = (header.__metadata__[key] ?? 'null') as string
  header.__metadata__[key] = JSON.stringify(change(JSON.parse(text) as never))
  return refusal(() => readModel(putTogether(header, data))).message
}

describe('a model file with heads', () => {
  test('gives back the model that was written', () => {
    const bytes = writeModel(headedModel())
    expect(readModel(bytes)).toEqual(headedModel())
    expect(readModel(bytes).heads).toEqual(HEADS)
    expect(writeModel(readModel(bytes))).toEqual(bytes)
  })

  test('is the same as ever without them', () => {
    const { header } = takeApart(writeModel(tinyModel()))
    expect(Object.keys(header.__metadata__)).not.toContain('heads')
    expect('heads' in readModel(writeModel(tinyModel()))).toBe(false)
  })

  test.each<[string, string, (value: never) => unknown, RegExp]>([
    ['fewer labels', 'heads', () => [{ name: 'a', labels: 4 }], /heads have 4 labels, but there are 5/],
    ['more labels', 'heads', () => [...HEADS, { name: 'more', labels: 1 }], /heads have 6 labels/],
    ['no heads', 'heads', () => [], /heads is refused/],
    ['no list', 'heads', () => 2, /heads is refused/],
    ['a head of none', 'heads', () => [...HEADS, { name: 'none', labels: 0 }], /heads.2.labels is refused/],
    ['half a label', 'heads', () => [{ name: 'a', labels: 2.5 }], /heads.0.labels is refused/],
    ['a nameless head', 'heads', () => [{ name: '', labels: 5 }], /heads.0.name is refused/],
    ['a comma', 'heads', () => [{ name: 'a,b', labels: 5 }], /heads.0.name is refused \(A comma in a name\)/],
    ['a key more', 'heads', () => [{ name: 'a', labels: 5, on: 1 }], /heads.0.on is refused/],
    [
      'a head twice',
      'heads',
      () => [
        { name: 'a', labels: 2 },
        { name: 'a', labels: 3 },
      ],
      /heads is refused \(A head is there twice\)/,
    ],
    ['a label twice', 'labels', () => ['beep', 'hum', 'hall', 'hall', 'x'], /labels has "hall" twice/],
  ])('with %s is refused by that name', (_, key, change, message) => {
    expect(spoilt(headedModel(), key, change)).toMatch(message)
  })

  test('asks for logits out of a dense layer, and a file without heads for sigmoids', () => {
    const withLast = (...last: object[]) =>
      spoilt(headedModel(), 'classifier', (classifier: Model['classifier']) => {
        const [convolution, mean, dense] = classifier.topology.config.layers
        const layers = last.length > 0 ? [convolution, mean, ...last] : [convolution, mean, dense]
        return { ...classifier, topology: { ...classifier.topology, config: { name: 'tiny', layers } } }
      })
    const dense = (activation: string) => ({
      class_name: 'Dense',
      config: { name: 'scores', units: 5, activation, use_bias: true },
    })
    const activation = (name: string) => ({
      class_name: 'Activation',
      config: { name, activation: 'linear' },
    })
    expect(withLast(dense('sigmoid'))).toMatch(/layers.2.config.activation is not linear/)
    expect(withLast(dense('tanh'), activation('end'))).toMatch(/layers.2 is not a linear Dense layer/)
    expect(withLast(dense('linear'), activation('one'), activation('end'))).toMatch(
      /layers.3 is not a linear Dense layer/,
    )
    expect(spoilt(tinyModel(), 'heads', () => [{ name: 'a', labels: 2 }])).toMatch(/is not linear/)
  })
})

describe('scores of heads', () => {
  const logit = fc.oneof(fc.double({ min: -300, max: 300, noNaN: true }), fc.constantFrom(-3e38, 0, 3e38))

  test('sum to 1 in every head, whatever the logits', () => {
    fc.assert(
      fc.property(fc.array(logit, { minLength: 10, maxLength: 10 }), (logits) => {
        const rows = Float32Array.from(logits)
        softmaxOfHeads(rows, HEADS)
        for (const [start, end] of [
          [0, 2],
          [2, 5],
          [5, 7],
          [7, 10],
        ]) {
          const sum = rows.subarray(start, end).reduce((total, score) => total + score, 0)
          expect(Math.abs(sum - 1)).toBeLessThan(1e-6)
        }
        expect(rows.every((score) => score >= 0 && score <= 1)).toBe(true)
      }),
    )
  })

  test('are what the exponentials say', () => {
    const rows = Float32Array.of(0, Math.log(3), 1, 1, 1)
    softmaxOfHeads(rows, HEADS)
    const wanted = [1 / 4, 3 / 4, 1 / 3, 1 / 3, 1 / 3]
    rows.forEach((score, i) => {
      expect(score).toBeCloseTo(wanted[i], 6)
    })
  })
})

describe('some of the heads', () => {
  test.each([
    [['place'], ['hall', 'street', 'beep'], [2, 3, 4]],
    [['sound'], ['beep', 'hum'], [0, 1]],
    [
      ['place', 'sound'],
      ['beep', 'hum', 'hall', 'street', 'beep'],
      [0, 1, 2, 3, 4],
    ],
  ])('%j are a model with the same scores', (names, labels, columns) => {
    const model = headedModel()
    model.decoding.labels.forEach((label, i) => {
      label.on = 0.9 - i / 10
    })
    const some = readModel(writeModel(selectHeads(model, names)))
    expect(some.labels).toEqual(labels)
    expect(some.heads).toEqual(HEADS.filter(({ name }) => names.includes(name)))
    expect(some.decoding.labels.map(({ on }) => on)).toEqual(columns.map((i) => 0.9 - i / 10))
    const random = seeded(5)
    const windows = Float32Array.from({ length: 3 * 6 * 4 }, random)
    const all = tinyScores(model, windows)
    const wanted = [0, 5, 10].flatMap((row) => columns.map((column) => all[row + column]))
    expect(Array.from(tinyScores(some, windows))).toEqual(wanted)
    expect(some.probe.output).toEqual(tinyScores(some, some.probe.input))
  })

  test('left out, the model is as it is', () => {
    const model = headedModel()
    expect(selectHeads(model, undefined)).toBe(model)
  })

  test.each([
    [headedModel(), ['pitch'], 'The model has no head "pitch". Name some of sound, place'],
    [headedModel(), ['sound', ''], 'The model has no head "".'],
    [headedModel(), [], 'No head is named. Name some of sound, place'],
    [tinyModel(), ['sound'], 'The model has no heads to choose from. Leave heads out.'],
  ])('that are not there are refused', (model, names, message) => {
    const error = refusal(() => selectHeads(model, names))
    expect(error.code).toBe('arguments')
    expect(error.message).toContain(message)
  })
})
