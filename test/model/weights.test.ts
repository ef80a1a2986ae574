import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromFloat16, toFloat16 } from '../../src/model/float16.ts'
import {
  inInt8,
  inInt8WhereExact,
  type Model,
  readModel,
  type Weight,
  writeModel,
} from '../../src/model/index.ts'
import { putTogether, refusal, takeApart } from './file-parts.ts'
import { tinyModel } from './tiny-model.ts'

const model = tinyModel()

/** The tiny model with its first weight, [3, 3, 1, 3], changed. */
function withKernel(change: (kernel: Weight) => Weight): Model {
  const [kernel, ...rest] = model.classifier.weights
  return { ...model, classifier: { ...model.classifier, weights: [change(kernel), ...rest] } }
}

/** Whole numbers of three output channels, with these scales. */
function int8(scales: { shape: number[]; values: Float32Array }, inner = 1): Model {
  return withKernel((kernel) => ({
    ...kernel,
    values: Float32Array.from(
      { length: 27 },
      (_, i) => (i * 9 - 128) * scales.values[Math.floor(i / inner) % scales.values.length],
    ),
    storage: { type: 'int8', scales },
  }))
}

const inFloat16 = (weight: Weight): Weight => ({
  ...weight,
  values: weight.values.map((value) => fromFloat16(toFloat16(value))),
  storage: { type: 'float16' },
})

const perChannel = { shape: [1, 1, 1, 3], values: Float32Array.of(0.1, 1e-6, 3) }

describe('weights of a model file', () => {
  test.each([
    ['float16', withKernel(inFloat16)],
    ['int8 with a scale per output channel', int8(perChannel)],
    ['int8 with a scale per row', int8({ shape: [3, 1, 1, 1], values: perChannel.values }, 9)],
    ['int8 with one scale', int8({ shape: [1, 1, 1, 1], values: Float32Array.of(0.02) })],
  ])('in %s are read as they were, and stored alike when written again', (_, small) => {
    const file = writeModel(small)
    expect(readModel(file)).toEqual(small)
    expect(writeModel(readModel(file))).toEqual(file)
  })

  test('that their storage does not hold are not written', () => {
    const off = int8(perChannel)
    off.classifier.weights[0].values[4] += 1e-7
    expect(() => writeModel(off)).toThrow('tensor "classifier.conv/kernel" has')
    expect(() => writeModel(withKernel((kernel) => ({ ...kernel, storage: { type: 'float16' } })))).toThrow(
      'which its storage does not hold',
    )
  })

  test('rounded to int8 are within half a step of what they were, and from then on stay as they are', () => {
    const size = fc.float({ noNaN: true, min: -30, max: 30 })
    const values = fc.array(
      fc.oneof(
        size,
        size.map((x) => x * 2 ** -90),
        fc.constant(0),
      ),
      {
        minLength: 27,
        maxLength: 27,
      },
    )
    fc.assert(
      fc.property(values, (given) => {
        const kernel = { ...model.classifier.weights[0], values: Float32Array.from(given) }
        const rounded = inInt8(kernel)
        const { scales } = rounded.storage as Extract<Weight['storage'], { type: 'int8' }>
        expect(scales.shape).toEqual([1, 1, 1, 3])
        rounded.values.forEach((value, i) => {
          const largest = Math.max(
            ...[0, 3, 6, 9, 12, 15, 18, 21, 24].map((at) => Math.abs(given[at + (i % 3)])),
          )
          const step = Math.max(largest / 127, 2 ** -100)
          expect(scales.values[i % 3] / step).toBeCloseTo(1, 6)
          // And what float32 rounds of 127 steps.
          expect(Math.abs(value - given[i])).toBeLessThanOrEqual(
            scales.values[i % 3] * (0.5 + 127 * 2 ** -24),
          )
        })
        expect(readModel(writeModel(withKernel(() => rounded))).classifier.weights[0]).toEqual(rounded)
        const { storage, ...plain } = rounded
        expect(inInt8WhereExact([plain])).toEqual([rounded])
      }),
    )
  })

  test('of a depthwise kernel have a scale for each input', () => {
    const values = Float32Array.from({ length: 18 }, (_, i) => [1, 100][i % 2] * (i + 1))
    const kernel = inInt8({ name: 'blur/depthwise_kernel', shape: [3, 3, 2, 1], values })
    expect(kernel.storage).toMatchObject({ scales: { shape: [1, 1, 2, 1] } })
    kernel.values.forEach((value, i) => {
      expect(Math.abs(value / values[i] - 1)).toBeLessThan(0.07)
    })
  })

  test('that int8 does not hold exactly keep their float32, and what has few numbers too', () => {
    const [kernel, bias] = model.classifier.weights
    expect(kernel.shape).toHaveLength(4)
    expect(bias.shape).toHaveLength(1)
    const whole = { ...bias, values: bias.values.map((_, i) => 127 * 2 ** i) }
    expect(inInt8WhereExact([kernel, whole])).toEqual([kernel, whole])
  })

  const scale = 'classifier.conv/kernel/scale'
  test.each([
    ['without their scales', { name: 'classifier.other' }, 'tensor "classifier.other" is not asked for'],
    ['with scales of fewer axes', { shape: [3] }, 'all sizes but one have to be 1'],
    ['with scales of another number', { shape: [1, 3, 1, 1], kernel: [3, 1, 3, 3] }, 'shape is [3, 1, 3, 3]'],
    ['with scales in float16', { dtype: 'F16', shape: [1, 1, 2, 3] }, 'all sizes but one have to be 1'],
  ])('%s in int8 are refused', (_, { name = scale, kernel, ...entry }: Change, problem) => {
    const { header, data } = takeApart(writeModel(int8(perChannel)))
    const { [scale]: old, ...others } = header
    if (kernel) others['classifier.conv/kernel'].shape = kernel
    const file = putTogether({ ...others, [name]: { ...old, ...entry } }, data)
    expect(refusal(() => readModel(file)).message).toContain(problem)
  })

  test.each([0, -1, Number.NaN])('with a scale of %d are refused', (value) => {
    const spoilt = new DataView(
      writeModel(int8({ shape: [1, 1, 1, 1], values: Float32Array.of(0.02) })).buffer,
    )
    const places = Array.from({ length: spoilt.byteLength - 3 }, (_, at) => at)
    const place = places.find((at) => spoilt.getFloat32(at, true) === Math.fround(0.02))!
    spoilt.setFloat32(place, value, true)
    expect(() => readModel(new Uint8Array(spoilt.buffer))).toThrow('kernel/scale" has')
  })
})

describe('float16', () => {
  test('every number that it holds comes back', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = fromFloat16(bits)
      if (!Number.isNaN(value)) expect(toFloat16(value)).toBe(bits)
    }
  })

  test('any other number becomes the nearest of them', () => {
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const bits = toFloat16(value)
        const error = Math.abs(fromFloat16(bits) - value)
        for (const other of [bits - 1, bits + 1])
          if ((other & 0x7fff) <= 0x7bff && (other & 0x8000) === (bits & 0x8000))
            expect(error).toBeLessThanOrEqual(Math.abs(fromFloat16(other) - value))
      }),
    )
  })

  test('of two as near the even one; beyond its range infinity', () => {
    expect([1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 65519, 65520].map(toFloat16)).toEqual([
      ...[0x3c00, 0x3c02, 0, 0x7bff, 0x7c00],
    ])
  })
})

interface Change {
  readonly name?: string
  readonly dtype?: string
  readonly shape?: number[]
  readonly kernel?: number[]
}
