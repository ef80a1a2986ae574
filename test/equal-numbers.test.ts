import { expect, test } from 'vitest'

const numbers = [0.1, Number.NaN, -0, Number.POSITIVE_INFINITY]

test.each([[Float32Array.from(numbers)], [Float64Array.from(numbers)], [numbers]])(
  '%o equals its copy',
  (given) => {
    expect(given).toEqual(given.slice())
    expect({ values: [given] }).toStrictEqual({ values: [given.slice()] })
  },
)

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
