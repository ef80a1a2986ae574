import { expect, test } from 'vitest'

const numbers = [0.1, Number.NaN, -0, Number.POSITIVE_INFINITY]

test.each([Float32Array, Float64Array, Array] as const)('%o of the same numbers are equal', (kind) => {
  expect(kind.from(numbers)).toEqual(kind.from(numbers))
  expect({ values: [kind.from(numbers)] }).toStrictEqual({ values: [kind.from(numbers)] })
})

test.each([
  [Float32Array.of(1, 2), Float32Array.of(1, 2 + 2 ** -22)],
  [Float32Array.of(1, 2), Float32Array.of(1)],
  [Float32Array.of(0), Float32Array.of(-0)],
  [Float32Array.of(1), Float64Array.of(1)],
  [Float32Array.of(Number.NaN), Float32Array.of(1)],
  [[1, 2], [1]],
  [
    [1, 0],
    [1, -0],
  ],
  [
    [1, '2'],
    [1, 2],
  ],
])('%o and %o are not', (one, other) => {
  expect(one).not.toEqual(other)
  expect({ values: [one] }).not.toEqual({ values: [other] })
  expect(() => expect(one).toEqual(other)).toThrow(/deeply equal/)
})
