import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../../../src/learning/random/random.ts'
import { areApart, averageOf, estimateOf, halfInterval, studentDeviate } from './estimate.ts'

describe('interval of an accuracy', () => {
  test('of one seed is that of the test set, two right and two wrong answers added', () => {
    const { mean, variance, degreesOfFreedom } = estimateOf([0.5], 96)
    expect([mean, variance, degreesOfFreedom]).toEqual([0.5, 0.25 / 100, Number.POSITIVE_INFINITY])
    expect(halfInterval({ variance, degreesOfFreedom })).toBeCloseTo(1.959964 * 0.05, 12)
  })

  test('does not vanish where every answer is right', () => {
    // (96 + 2) / 100 right.
    expect(estimateOf([1], 96)).toMatchObject({ mean: 1, variance: expect.closeTo((0.98 * 0.02) / 100, 12) })
  })

  test('of several seeds adds their spread', () => {
    const { mean, variance, degreesOfFreedom } = estimateOf([0.4, 0.5, 0.6], 96)
    const ofSeeds = 0.01 / 3
    expect(mean).toBeCloseTo(0.5, 12)
    expect(variance).toBeCloseTo(0.0025 + ofSeeds, 12)
    expect(degreesOfFreedom).toBeCloseTo((0.0025 + ofSeeds) ** 2 / (ofSeeds ** 2 / 2), 9)
  })

  test('of seeds that agree is not narrower than that of one', () => {
    expect(halfInterval(estimateOf([0.7, 0.7, 0.7], 500))).toBe(halfInterval(estimateOf([0.7], 500)))
  })

  test('holds the accuracy that clips and seeds without end would give, 95 times in 100', () => {
    const random = new Random(5)
    const repeats = 4000
    for (const [clips, seeds, spread] of [
      [120, 1, 0],
      [400, 2, 0.02],
      [1000, 3, 0.02],
      [1000, 5, 0.04],
    ]) {
      let held = 0
      for (let i = 0; i < repeats; i++) {
        // The clips are drawn once, the seeds anew; clips shift all seeds alike.
        const ofClips = Math.sqrt((0.8 * 0.2) / clips) * random.normal()
        const accuracies = Array.from({ length: seeds }, () => 0.8 + ofClips + spread * random.normal())
        const estimate = estimateOf(accuracies, clips)
        if (Math.abs(estimate.mean - 0.8) <= halfInterval(estimate)) held++
      }
      expect(held / repeats).toBeGreaterThan(0.93)
      expect(held / repeats).toBeLessThan(0.975)
    }
  })

  test('of an average over tasks adds their variances', () => {
    const average = averageOf([estimateOf([0.5], 96), estimateOf([0.9], 96), estimateOf([1], 96)])
    const variances = [0.25, 0.884 * 0.116, 0.98 * 0.02].map((product) => product / 100)
    expect(average.mean).toBeCloseTo(0.8, 12)
    expect(average.variance).toBeCloseTo((variances[0] + variances[1] + variances[2]) / 9, 12)
    expect(average.degreesOfFreedom).toBe(Number.POSITIVE_INFINITY)
  })

  test('of an average has the degrees of freedom of what is uncertain in it', () => {
    const uncertain = estimateOf([0.2, 0.8], 1_000_000)
    const certain = estimateOf([0.5], 1_000_000)
    expect(uncertain.degreesOfFreedom).toBeCloseTo(1, 4)
    expect(averageOf([uncertain, certain]).degreesOfFreedom).toBeCloseTo(1, 4)
  })
})

test('two systems are apart where 0 is not in the interval of their difference', () => {
  // Of both together √2 · 0.05 · 1.96 = 0.1386.
  const half = { variance: 0.0025, degreesOfFreedom: Number.POSITIVE_INFINITY }
  const at = (mean: number) => ({ mean, ...half })
  expect(areApart(at(0.5), at(0.638))).toBe(false)
  expect(areApart(at(0.5), at(0.639))).toBe(true)
  expect(areApart(at(0.639), at(0.5))).toBe(true)
})

describe("Student's deviate", () => {
  test.each([
    [2, 4.303, 0.008],
    [3, 3.182, 0.0013],
    [5, 2.571, 0.0005],
    [10, 2.228, 0.0002],
    [30, 2.042, 0.0002],
    [Number.POSITIVE_INFINITY, 1.96, 0.0001],
  ])('with %d degrees of freedom is that of the tables', (degrees, table, tolerance) => {
    expect(Math.abs(studentDeviate(degrees) / table - 1)).toBeLessThan(tolerance)
  })

  test('falls as degrees of freedom grow', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), (degrees) => {
        expect(studentDeviate(degrees)).toBeGreaterThan(studentDeviate(1.1 * degrees))
      }),
    )
  })
})
