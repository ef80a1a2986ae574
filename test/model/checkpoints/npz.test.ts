import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readNpy, writeNpy } from '../../../src/model/checkpoints/npy.ts'
import { readNpz, writeNpz } from '../../../src/model/checkpoints/npz.ts'
import { tensorValues } from '../../../src/model/safetensors.ts'
import { refusal } from '../file-parts.ts'

/** A NumPy file as another version or another array would have it. */
function npy(dictionary: string, data: Uint8Array, version = 1): Uint8Array {
  const text = new TextEncoder().encode(`${dictionary}\n`)
  const length = version === 1 ? [text.length, 0] : [text.length, 0, 0, 0]
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]
  return Uint8Array.of(...magic, ...length, ...text, ...data)
}

const dictionary = (descr: string, shape: string, order = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`

describe('an npz file', () => {
  test('gives back every array, stored or deflated', () => {
    const name = fc.stringMatching(/^[a-z_/]{1,12}(:0)?$/)
    const array = fc.array(fc.float({ noNaN: true }), { maxLength: 20 })
    fc.assert(
      fc.property(fc.dictionary(name, array), (arrays) => {
        const tensors = Object.entries(arrays).map(([key, values]) => {
          return [key, { shape: [1, values.length], values: Float32Array.from(values) }] as const
        })
        const files = tensors.map(([key, { shape, values }]) => [`${key}.npy`, writeNpy(shape, values)])
        for (const bytes of [writeNpz(tensors), zipSync(Object.fromEntries(files), { level: 9 })]) {
          const back = readNpz(bytes, 1e6)
          expect(back.size).toBe(tensors.length)
          for (const [key, { shape, values }] of tensors) {
            expect(back.get(key)).toMatchObject({ dtype: 'F32', shape })
            expect(tensorValues(back.get(key)!)).toEqual(values)
          }
        }
      }),
    )
  })

  test('is the same bytes at any time', () => {
    const bytes = () => writeNpz([['a', { shape: [2], values: Float32Array.of(1, 2) }]])
    expect(bytes()).toEqual(bytes())
    // DOS date and time of the first file: 1 January 1980, midnight.
    expect([...bytes().subarray(10, 14)]).toEqual([0, 0, 0x21, 0])
  })

  test('that unpacks to more than its limit is refused before it is unpacked', () => {
    const bytes = zipSync({ 'a.npy': writeNpy([1000], new Float32Array(1000)) })
    expect(readNpz(bytes, 4128).size).toBe(1)
    expect(refusal(() => readNpz(bytes, 4127)).message).toMatch(/unpacks to more than 4127 bytes/)
  })
})

describe('a NumPy array', () => {
  test('of any rank is laid out as the format says', () => {
    for (const [shape, text] of [
      [[], '()'],
      [[3], '(3,)'],
      [[1, 2, 3], '(1, 2, 3)'],
    ] as const) {
      const file = writeNpy(
        shape,
        new Float32Array((shape as readonly number[]).reduce((product, size) => product * size, 1)),
      )
      expect(new TextDecoder('latin1').decode(file.subarray(10, 128))).toMatch(
        new RegExp(
          `^\\{'descr': '<f4', 'fortran_order': False, 'shape': ${text.replace(/[()]/g, '\\$&')}, \\} *\n$`,
        ),
      )
      expect(readNpy(file, 'a').shape).toEqual(shape)
    }
  })

  test('of another version or type is read', () => {
    const data = new Uint8Array(Float64Array.of(1.5, -2).buffer)
    for (const version of [1, 2, 3]) {
      const read = readNpy(npy(dictionary('<f8', '(2,)'), data, version), 'a')
      expect(tensorValues(read)).toEqual(Float64Array.of(1.5, -2))
    }
    expect(readNpy(npy(dictionary('<i8', '()'), new Uint8Array(8)), 'a')).toMatchObject({
      dtype: 'I64',
      shape: [],
    })
  })

  test.each([
    [
      'cut off',
      writeNpy([4], new Float32Array(4)).subarray(0, 140),
      /"a" holds 12 bytes where its shape wants 16/,
    ],
    ['cut off in its header', writeNpy([4], new Float32Array(4)).subarray(0, 90), /cut off in its header/],
    ['of bytes that are no array', new Uint8Array(64), /"a" is no NumPy array/],
    ['of objects', npy(dictionary('|O', '(1,)'), new Uint8Array(8)), /elements of type \|O/],
    ['of complex numbers', npy(dictionary('<c8', '(1,)'), new Uint8Array(8)), /elements of type <c8/],
    ['of text', npy(dictionary('<U7', '(1,)'), new Uint8Array(28)), /elements of type <U7/],
    ['without a shape', npy("{'descr': '<f4', 'fortran_order': False}", new Uint8Array(4)), /has no shape/],
    ['with a negative size', npy(dictionary('<f4', '(-1,)'), new Uint8Array(4)), /has no shape/],
  ])('%s is refused', (_, file, sentence) => {
    const error = refusal(() => readNpy(file, 'a'))
    expect(error.code).toBe('model-file')
    expect(error.message).toMatch(sentence)
  })
})
