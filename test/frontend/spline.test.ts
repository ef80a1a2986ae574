import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hermite, hermiteSlope } from '../../src/frontend/filterbank/hermite.ts'
import { filterbanks, type Geometry } from '../../src/frontend/index.ts'

const { spline } = filterbanks
const INNER = 13
/** Knot intervals from end to end. */
const INTERVALS = INNER + 1

const sizes = (windowLength: number, channels: number): Geometry => ({
  ...{ sampleRate: 16000, windowLength, channels, hop: 160, poolingLeft: 120, partialFrames: true },
})

const numbers = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: INNER, maxLength: INNER })
const mothers = fc.record({
  real: numbers,
  realSlope: numbers,
  imaginary: numbers,
  imaginarySlope: numbers,
})
const windows = fc.constantFrom(201, 400, 401)

test('a spline of cubic knots is that cubic from its first inner knot to its last', () => {
  const coefficient = fc.double({ min: -1, max: 1, noNaN: true })
  const position = fc.double({ min: 1, max: INNER, noNaN: true })
  fc.assert(
    fc.property(coefficient, coefficient, coefficient, coefficient, position, (a, b, c, d, at) => {
      const cubic = (u: number) => a + b * u + c * u * u + d * u ** 3
      const knots = Array.from({ length: INNER }, (_, k) => k + 1)
      const slopes = knots.map((u) => b + 2 * c * u + 3 * d * u * u)
      expect(hermite({ values: knots.map(cubic), slopes }, at)).toBeCloseTo(cubic(at), 9)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('a spline passes its knots without a bend, and vanishes at its ends with its slope', () => {
  fc.assert(
    fc.property(numbers, numbers, (values, slopes) => {
      const at = (position: number) => hermite({ values, slopes }, position)
      const step = 1e-5
      for (let k = 0; k < INNER; k++) {
        expect(at(k + 1)).toBeCloseTo(values[k], 12)
        for (const side of [-step, step]) {
          expect(hermiteSlope({ values, slopes }, k + 1 + side)).toBeCloseTo(slopes[k], 3)
          expect((at(k + 1 + side) - values[k]) / side).toBeCloseTo(slopes[k], 3)
        }
      }
      for (const end of [step, INTERVALS - step]) expect(Math.abs(at(end))).toBeLessThan(10 * step * step)
      for (const beyond of [-1, 0, INTERVALS, INTERVALS + 0.5]) expect(at(beyond)).toBe(0)
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('a dilation by two has every second tap half as large as the other’s, up to the window’s ends', () => {
  const centers = fc.double({ min: 50, max: 4000, noNaN: true })
  fc.assert(
    fc.property(mothers, centers, windows, (mother, center, windowLength) => {
      const filterbank = { kind: 'spline', center: [2 * center, center], mother } as const
      const { real, imaginary } = spline.impulseResponses(filterbank, sizes(windowLength, 2))
      const middle = windowLength >> 1
      for (const [narrow, wide] of [real, imaginary]) {
        for (let t = -(middle >> 1); 2 * t < middle; t++)
          expect(Math.abs(narrow[middle + t] / 2 - wide[middle + 2 * t])).toBeLessThan(1e-12)
      }
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('no filter that the window holds hears a constant, whatever the knots', () => {
  // Over whole samples a knot interval the sum of a spline’s samples is its integral.
  fc.assert(
    fc.property(mothers, fc.integer({ min: 1, max: 28 }), (mother, samples) => {
      const center = [16000 / (2 * samples)]
      const { real, imaginary } = spline.impulseResponses({ kind: 'spline', center, mother }, sizes(401, 1))
      for (const [taps] of [real, imaginary])
        expect(Math.abs(taps.reduce((sum, tap) => sum + tap, 0))).toBeLessThan(1e-12)
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('the start passes its own frequency with a gain of 1 and hardly the opposite one', () => {
  const geometry = sizes(401, 40)
  const { mother } = spline.initial(geometry)
  const centers = fc.double({ min: 300, max: 2000, noNaN: true })
  fc.assert(
    fc.property(centers, (center) => {
      const filterbank = { kind: 'spline', center: [center], mother } as const
      const [[real], [imaginary]] = Object.values(spline.impulseResponses(filterbank, sizes(401, 1)))
      const gain = (frequency: number) => {
        const turned = (of: Float64Array, wave: (angle: number) => number) =>
          of.reduce((sum, tap, j) => sum + tap * wave((2 * Math.PI * frequency * j) / 16000), 0)
        return Math.hypot(
          turned(real, Math.cos) + turned(imaginary, Math.sin),
          turned(imaginary, Math.cos) - turned(real, Math.sin),
        )
      }
      expect(Math.abs(gain(center) - 1)).toBeLessThan(2e-3)
      expect(gain(-center)).toBeLessThan(1e-2)
      expect(gain(center / 2) + gain(2 * center)).toBeLessThan(1e-2)
    }),
    { seed: 1, numRuns: 50 },
  )
})

test('starts at the first and the last centre of LEAF, in equal ratios', () => {
  const { center } = spline.initial(sizes(401, 40))
  expect(center[0]).toBeCloseTo(93.75, 9)
  expect(center[39]).toBeCloseTo(7312.5, 8)
  for (let n = 1; n < 40; n++) expect(center[n] / center[n - 1]).toBeCloseTo(78 ** (1 / 39), 9)
})

test('centres follow the mother’s own frequency', () => {
  const geometry = sizes(401, 1)
  // A cycle in three intervals instead of two.
  const wave = (of: (angle: number) => number) =>
    Array.from(
      { length: INNER },
      (_, k) =>
        of((2 * Math.PI * (k - (INNER >> 1))) / 3) *
        Math.cos((Math.PI * (k - (INNER >> 1))) / INTERVALS) ** 2,
    )
  const slope = (row: readonly number[]) =>
    row.map(
      (_, k) =>
        ((row[k + 1] ?? 0) - (row[k - 1] ?? 0)) / 2 / (Math.sin((2 * Math.PI) / 3) / ((2 * Math.PI) / 3)),
    )
  const [real, imaginary] = [wave(Math.cos), wave(Math.sin)]
  const mother = { real, imaginary, realSlope: slope(real), imaginarySlope: slope(imaginary) }
  const filterbank = { kind: 'spline', center: [1500], mother } as const
  expect(Math.abs(spline.centerFrequencies(filterbank, geometry)[0] - 1000)).toBeLessThan(20)
})

test.each([
  [{ mother: undefined }, 'filterbank.mother is not an object'],
  [{ mother: { real: [1] } }, 'filterbank.mother.real has 1 values'],
  [{ center: [0] }, 'filterbank.center[0] is 0, below its bound 19.9'],
])('refuses %j', (wrong, message) => {
  const geometry = sizes(401, 1)
  const value = { ...spline.initial(geometry), ...wrong }
  expect(() => spline.parse(value, 'filterbank', geometry)).toThrow(message)
})
