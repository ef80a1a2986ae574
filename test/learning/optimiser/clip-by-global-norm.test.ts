import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clipByGlobalNorm } from '../../../src/learning/optimiser/clip-by-global-norm.ts'

const numbers = fc.array(fc.double({ min: -1e18, max: 1e18, noNaN: true }), { minLength: 1, maxLength: 6 })
/** Summed in their order, whatever their size: the very bits. */
const lengthOf = (gradients: readonly Float64Array[]) =>
  Math.sqrt(gradients.flatMap((values) => [...values]).reduce((sum, value) => sum + value * value, 0))

test('all gradients together are shortened to the longest length, and keep their direction', () => {
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 1, maxLength: 4 }), (values) => {
      const gradients = values.map((own) => Float64Array.from(own))
      const before = lengthOf(gradients)
      expect(clipByGlobalNorm(gradients, 2)).toBe(before)
      const factor = before > 2 ? 2 / before : 1
      gradients.forEach((gradient, i) => {
        gradient.forEach((value, j) => {
          expect(Math.abs(value - values[i][j] * factor)).toBeLessThanOrEqual(1e-12 * Math.abs(value))
        })
      })
    }),
  )
})

test('a little too long is too long', () => {
  const gradients = [Float32Array.of(3), Float32Array.of(0, 4)]
  expect(clipByGlobalNorm(gradients, 4)).toBe(5)
  expect(gradients[0][0]).toBeCloseTo(2.4)
  expect(gradients[1][1]).toBeCloseTo(3.2)
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  '%d is told by the length, and nothing is changed',
  (bad) => {
    const gradients = [Float32Array.of(30, 40), Float64Array.of(1, bad)]
    expect(Number.isFinite(clipByGlobalNorm(gradients, 1))).toBe(false)
    expect(gradients).toEqual([Float32Array.of(30, 40), Float64Array.of(1, bad)])
  },
)
