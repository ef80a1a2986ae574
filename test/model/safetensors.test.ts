import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FILE_LIMIT, readSafetensors, tensorValues, writeSafetensors } from '../../src/model/safetensors.ts'
import { putTogether, refusal, takeApart } from './file-parts.ts'

const sample = () =>
  writeSafetensors(
    [['note', 'ä']],
    [
      ['a', { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }],
      ['b', { shape: [3], values: Float64Array.of(0.1, -0, Number.MAX_VALUE) }],
    ],
  )

/** The refusal of the sample after `spoil` changed its parts. */
function spoilt(spoil: (parts: ReturnType<typeof takeApart>) => void): string {
  const parts = takeApart(sample())
  spoil(parts)
  const error = refusal(() => readSafetensors(putTogether(parts.header, parts.data)))
  expect(error.code).toBe('model-file')
  return error.message
}

describe('a safetensors file', () => {
  test('is header length, JSON and data as the format describes them', () => {
    const { header, data } = takeApart(sample())
    expect(header).toEqual({
      __metadata__: { note: 'ä' },
      b: { dtype: 'F64', shape: [3], data_offsets: [0, 24] },
      a: { dtype: 'F32', shape: [2, 2], data_offsets: [24, 40] },
    })
    expect(data.length).toBe(40)
    expect((sample().length - data.length) % 8).toBe(0)
  })

  test('gives back every tensor and text, wherever the file lies in memory', () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0))
    const tensor = fc.tuple(fc.boolean(), fc.array(value, { maxLength: 20 })).map(([wide, values]) => ({
      shape: [1, values.length],
      values: wide ? Float64Array.from(values) : Float32Array.from(values),
    }))
    const reserved = ['__metadata__', '__proto__', 'constructor', 'prototype']
    const name = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !reserved.includes(text))
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.string({ unit: 'grapheme' })),
        fc.dictionary(name, tensor),
        fc.nat({ max: 7 }),
        (metadata, tensors, shift) => {
          const file = writeSafetensors(Object.entries(metadata), Object.entries(tensors))
          const moved = new Uint8Array(file.length + shift)
          moved.set(file, shift)
          const back = readSafetensors(moved.subarray(shift))
          expect(new Map(back.metadata)).toEqual(new Map(Object.entries(metadata)))
          expect(back.tensors.size).toBe(Object.keys(tensors).length)
          for (const [key, { shape, values }] of Object.entries(tensors)) {
            expect(back.tensors.get(key)!.shape).toEqual(shape)
            expect(tensorValues(back.tensors.get(key)!)).toEqual(values)
          }
        },
      ),
    )
  })
})

describe('a spoilt safetensors file', () => {
  test('cut off anywhere is refused', () => {
    const file = sample()
    for (let length = 0; length < file.length; length++) {
      expect(refusal(() => readSafetensors(file.subarray(0, length))).code).toBe('model-file')
    }
  })

  test('with a header length that lies is refused by that name', () => {
    const refusalFor = (length: bigint) => {
      const file = sample()
      new DataView(file.buffer).setBigUint64(0, length, true)
      return refusal(() => readSafetensors(file)).message
    }
    for (const length of [0n, 1n, 5n]) expect(refusalFor(length)).toMatch(/header (does|is)/)
    for (const length of [1000n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 64n - 1n]) {
      expect(refusalFor(length)).toMatch(/header length is \d+, but \d+ bytes follow/)
    }
  })

  test('that is oversized, or has an oversized header, is refused before it is parsed', () => {
    expect(refusal(() => readSafetensors(new Uint8Array(FILE_LIMIT + 1))).message).toMatch(
      /file has 67108865 bytes/,
    )
    const long = putTogether(`{${' '.repeat(1024 * 1024)}}`, new Uint8Array())
    expect(refusal(() => readSafetensors(long)).message).toMatch(/header length is 1048578, more than/)
  })

  test('with bytes after or before a header that is JSON text is refused', () => {
    for (const header of ['', ' {}', '[]', '{', '{}x', 'null', '{"a":}']) {
      expect(refusal(() => readSafetensors(putTogether(header, new Uint8Array()))).message).toMatch(/header/)
    }
    const file = sample()
    file[12] = 0xff
    expect(refusal(() => readSafetensors(file)).message).toMatch(/header is not UTF-8/)
  })

  test.each([
    ['dtype', 'F12', /tensor "a" dtype is "F12"/],
    ['dtype', 'toString', /tensor "a" dtype is "toString"/],
    ['dtype', { toString: 1 }, /tensor "a" dtype/],
    ['shape', [2, -2], /tensor "a" shape/],
    ['shape', [2, 2.5], /tensor "a" shape/],
    ['shape', '22', /tensor "a" shape/],
    ['shape', [1, 1, 1, 1, 1, 1, 4], /tensor "a" shape/],
    ['shape', [2, 3], /tensor "a" data_offsets holds 16 bytes where the shape wants 24/],
    ['shape', [2 ** 50, 2 ** 50], /tensor "a" data_offsets holds 16 bytes/],
    ['data_offsets', [24], /tensor "a" data_offsets/],
    ['data_offsets', [40, 24], /tensor "a" data_offsets is \[40, 24\], outside/],
    ['data_offsets', [24, 2 ** 53], /tensor "a" data_offsets/],
    ['data_offsets', [32, 48], /tensor "a" data_offsets is \[32, 48\], outside the 40 bytes/],
    ['data_offsets', [16, 32], /tensor "a" data_offsets begins at 16, inside the tensor before it/],
    ['data_offsets', [0, 16], /tensor "b" data_offsets begins at 0, inside the tensor before it/],
    ['extra', 1, /tensor "a" extra is an unknown key/],
  ])('with a wrong %s (%j) is refused by that name', (key, value, message) => {
    expect(spoilt(({ header }) => Object.assign(header.a, { [key]: value }))).toMatch(message)
  })

  test('with data that no tensor names is refused', () => {
    expect(spoilt((parts) => delete parts.header.a)).toMatch(/data has 16 bytes that no tensor names/)
    expect(spoilt((parts) => delete parts.header.b)).toMatch(
      /tensor "a" data_offsets begins at 24, leaving a hole from 0/,
    )
  })

  test('with metadata that is not text, or a tensor that is no object, is refused', () => {
    expect(spoilt(({ header }) => Object.assign(header.__metadata__, { note: 1 }))).toMatch(
      /__metadata__.note is not a text/,
    )
    expect(spoilt(({ header }) => Object.assign(header, { __metadata__: [] }))).toMatch(
      /__metadata__ is not an object/,
    )
    expect(spoilt(({ header }) => Object.assign(header, { a: null }))).toMatch(/tensor "a" is not an object/)
  })

  test('with keys that reach a prototype is refused', () => {
    const { header, data } = takeApart(sample())
    const text = JSON.stringify(header)
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const file = putTogether(text.replace('{', `{"${key}":{"polluted":1},`), data)
      expect(refusal(() => readSafetensors(file)).message).toMatch(`header.${key} is a forbidden key`)
    }
    expect({}).not.toHaveProperty('polluted')
  })

  test('with JSON nested or grown without end is refused', () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    expect(refusal(() => readSafetensors(putTogether(deep, new Uint8Array()))).message).toMatch(
      /nested deeper than 16/,
    )
    const wide = `{"a":[${'0,'.repeat(100_000)}0]}`
    expect(refusal(() => readSafetensors(putTogether(wide, new Uint8Array()))).message).toMatch(
      /more than 100000 values/,
    )
  })
})
