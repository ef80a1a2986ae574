import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addWindowGradient,
  type Filter,
  type FilterResponse,
  filterResponse,
  filterSpectrum,
  fitWeights,
  learning,
  live,
  nodesOver,
  nodeWeights,
  type SampledEnergy,
  sampleAt,
  sampleSparsely,
  standardError,
  type Tolerance,
  weightsOfRanges,
  windowVariance,
} from '../../src/sampling/index.ts'
import {
  bands,
  energiesOf,
  filterOf,
  noiseSpectrum,
  pooled,
  SIZE,
  STRIDES,
  shapes,
  TAPS,
  windowOf,
} from './bands.ts'

/** Amplitude response at which a tone reaches the floor in these tests, as a share of the filter's largest. */
const LEAST = 1e-3

const tolerances = { live, learning }
const anchors = fc.integer({ min: 0, max: TAPS - 1 })
const whole = { first: 0, last: TAPS }
const seeds = fc.integer({ min: 1, max: 1e6 })

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)
const errorOf = (energy: SampledEnergy, window: Float64Array, variance: number) =>
  standardError(energy, window, variance, fitWeights(energy, window, whole))
const sizeOf = (values: Float64Array) => sumOf(values.map(Math.abs))

function measured(filter: Filter, tolerance: Tolerance): FilterResponse {
  return filterResponse(filter, filterSpectrum(filter, SIZE), LEAST * tolerance.dropped)
}

describe.each(Object.entries(tolerances))('with the tolerance of %s', (_, tolerance) => {
  const given = fc.record({ band: bands, shape: shapes, anchor: anchors })
  function sparse({ band, shape, anchor }: typeof given extends fc.Arbitrary<infer Given> ? Given : never) {
    const response = measured(filterOf(band), tolerance)
    const window = windowOf(shape)
    const grid = { anchor, known: Number.POSITIVE_INFINITY }
    return {
      response,
      window,
      energy: sampleSparsely(response, window, STRIDES, grid, LEAST, tolerance),
    }
  }

  test('an energy pooled at the nodes is that of every sample', () => {
    fc.assert(
      fc.property(given, seeds, (parameters, seed) => {
        const { response, window, energy } = sparse(parameters)
        const energies = energiesOf(response, noiseSpectrum(seed))
        const { first, stride } = energy.nodes
        const exact = pooled(energies, window, 0)
        const sampled = pooled(energies, nodeWeights(energy, window, whole), 0, first, stride)
        const mean = response.meanEnergy * sizeOf(window)
        // So many standard errors, of something like a chi-square.
        expect(Math.abs(sampled - exact)).toBeLessThan(10 * tolerance.largestError * mean)
      }),
    )
  })

  test('two tones do not beat into it by more than the share allowed', () => {
    fc.assert(
      fc.property(given, (parameters) => {
        const { response, window, energy } = sparse(parameters)
        const { first, stride } = energy.nodes
        const weights = nodeWeights(energy, window, whole)
        const power = response.re.map((re, i) => re ** 2 + response.im[i] ** 2)
        const size = sizeOf(window)
        for (let distance = 1; distance < power.length; distance++) {
          const beat = (2 * Math.PI * distance) / SIZE
          const exact = gainAt(beat, window, 0, 1)
          const sampled = gainAt(beat, weights, first, stride)
          const error = Math.hypot(sampled.re - exact.re, sampled.im - exact.im) / size
          // The beat that it is taken for.
          const alias = gainAt(beat - (2 * Math.PI) / stride, window, 0, 1)
          const heard = Math.hypot(alias.re, alias.im) > tolerance.passedBeat * size
          const share = heard ? tolerance.largestAlias + 10 * tolerance.largestError : tolerance.largestImage
          let worst = 0
          for (let b = 0; b + distance < power.length; b++) {
            const [p, q] = [power[b], power[b + distance]]
            worst = Math.max(worst, (2 * Math.sqrt(p * q) * error) / Math.max(p + q, LEAST * LEAST))
          }
          expect(worst).toBeLessThan(share)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('the sum of the weights is the window’s, as nearly as the emphasis makes it', () => {
    fc.assert(
      fc.property(given, (parameters) => {
        const { window, energy } = sparse(parameters)
        const missing = Math.abs(sumOf(nodeWeights(energy, window, whole)) - sumOf(window))
        // emphasis·m²·missing² is a part of the square of the error.
        const bound = tolerance.largestError / Math.sqrt(tolerance.sumEmphasis)
        expect(missing).toBeLessThanOrEqual((bound + 1e-12) * sizeOf(window))
      }),
    )
  })
})

describe('at any stride', () => {
  const given = fc.record({
    band: bands,
    shape: shapes,
    anchor: fc.oneof(anchors, fc.constant(TAPS - 1)),
    known: fc.constantFrom(0, 7, 23, Number.POSITIVE_INFINITY),
    stride: fc.constantFrom(...STRIDES),
    tolerance: fc.constantFrom(live, learning),
    cut: fc.tuple(fc.nat({ max: TAPS }), fc.nat({ max: TAPS })),
  })
  function sampled({
    band,
    tolerance,
    cut,
    ...grid
  }: typeof given extends fc.Arbitrary<infer Given> ? Given : never) {
    const response = measured(filterOf(band), tolerance)
    return {
      response,
      window: windowOf(grid.shape),
      energy: sampleAt(nodesOver(TAPS, grid.stride, grid, tolerance), response, tolerance),
      range: { first: Math.min(...cut), last: Math.max(...cut) },
    }
  }

  test('the weights are linear in the window, and their adjoint is the transpose', () => {
    fc.assert(
      fc.property(given, shapes, seeds, (parameters, shape, seed) => {
        const { response, window, energy, range } = sampled(parameters)
        const other = windowOf(shape)
        const weights = nodeWeights(energy, window, range)
        const others = nodeWeights(energy, other, range)
        const both = window.map((weight, k) => weight - 2 * other[k])
        // Weights that alternate from node to node see nothing and are lost in rounding: energies judge.
        const energies = energiesOf(response, noiseSpectrum(seed))
        const { first, stride, count } = energy.nodes
        const pool = (some: Float64Array) => pooled(energies, some, 0, first, stride)
        const size = response.meanEnergy * (sizeOf(window) + 2 * sizeOf(other))
        const linear = pool(weights) - 2 * pool(others)
        expect(Math.abs(pool(nodeWeights(energy, both, range)) - linear)).toBeLessThan(1e-6 * size)
        const outer = Float64Array.from({ length: count }, (_, j) => pool(unit(j, count)))
        const gradient = new Float64Array(TAPS)
        addWindowGradient(energy, [outer], [range], gradient)
        const back = gradient.reduce((total, value, k) => total + value * window[k], 0)
        expect(Math.abs(pool(weights) - back)).toBeLessThan(1e-6 * size)
        gradient.forEach((value, k) => {
          if (k < range.first || k >= range.last) expect(value).toBe(0)
        })
      }),
    )
  })

  test('ranges taken together have the weights and the gradients that each has by itself', () => {
    const cuts = fc.array(fc.tuple(fc.nat({ max: TAPS }), fc.nat({ max: TAPS })), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(given, cuts, seeds, (parameters, given, seed) => {
        const { response, window, energy } = sampled(parameters)
        const ranges = given.map((cut) => ({ first: Math.min(...cut), last: Math.max(...cut) }))
        const energies = energiesOf(response, noiseSpectrum(seed))
        const { first, stride, count } = energy.nodes
        const pool = (some: Float64Array) => pooled(energies, some, 0, first, stride)
        const size = response.meanEnergy * sizeOf(window)
        weightsOfRanges(energy, window, ranges).forEach((weights, r) => {
          expect(Math.abs(pool(weights) - pool(nodeWeights(energy, window, ranges[r])))).toBeLessThan(
            1e-6 * size,
          )
        })
        const outer = ranges.map((_, r) =>
          Float64Array.from({ length: count }, (_, j) => (r + 1) * pool(unit(j, count))),
        )
        const together = new Float64Array(TAPS)
        addWindowGradient(energy, outer, ranges, together)
        const apart = new Float64Array(TAPS)
        ranges.forEach((range, r) => {
          addWindowGradient(energy, [outer[r]], [range], apart)
        })
        const largest = Math.max(...apart.map(Math.abs))
        together.forEach((value, k) => {
          expect(Math.abs(value - apart[k])).toBeLessThanOrEqual(1e-6 * largest)
        })
      }),
    )
  })

  test('a window cut off is one with zeros', () => {
    fc.assert(
      fc.property(given, (parameters) => {
        const { energy, window, range } = sampled(parameters)
        const cut = window.map((weight, k) => (k >= range.first && k < range.last ? weight : 0))
        expect(nodeWeights(energy, window, range)).toEqual(nodeWeights(energy, cut, whole))
      }),
    )
  })

  test('nodes reach over the window, and behind it no further than energies are known', () => {
    fc.assert(
      fc.property(given, (parameters) => {
        const { anchor, known, stride, tolerance } = parameters
        const { nodes } = sampled(parameters).energy
        if (stride === 1) {
          expect(nodes).toEqual({ first: 0, stride: 1, count: TAPS })
          return
        }
        const behind = nodes.first + stride * (nodes.count - 1) - (TAPS - 1)
        expect(Math.abs((nodes.first - anchor) % stride)).toBe(0)
        expect(nodes.first).toBeLessThanOrEqual(-tolerance.extraNodes * stride)
        expect(nodes.first).toBeGreaterThan(-(tolerance.extraNodes + 1) * stride)
        expect(behind).toBeGreaterThanOrEqual(0)
        if (anchor === TAPS - 1) expect(behind).toBeLessThanOrEqual(known)
      }),
    )
  })
})

/** Σ weights[j] exp(i beat (first + stride·j)). */
function gainAt(beat: number, weights: Float64Array, first: number, stride: number) {
  let [re, im] = [0, 0]
  weights.forEach((weight, j) => {
    re += weight * Math.cos(beat * (first + stride * j))
    im += weight * Math.sin(beat * (first + stride * j))
  })
  return { re, im }
}

const unit = (j: number, count: number) => Float64Array.from({ length: count }, (_, l) => (l === j ? 1 : 0))

test('the standard error is what white noise shows', () => {
  fc.assert(
    fc.property(bands, shapes, fc.constantFrom(10, 16, 20, 40), (band, shape, stride) => {
      const window = windowOf(shape)
      const response = measured(filterOf(band), live)
      const energy = sampleAt(nodesOver(TAPS, stride, { anchor: TAPS - 1, known: 0 }, live), response, live)
      const weights = nodeWeights(energy, window, whole)
      const errors: number[] = []
      const deviations: number[] = []
      for (let seed = 1; seed <= 20; seed++) {
        const energies = energiesOf(response, noiseSpectrum(seed))
        for (let start = 0; start < SIZE; start += 25) {
          const exact = pooled(energies, window, start)
          errors.push(pooled(energies, weights, start, energy.nodes.first, stride) - exact)
          deviations.push(exact - response.meanEnergy * sumOf(window))
        }
      }
      const meanSquare = (values: number[]) =>
        values.reduce((sum, value) => sum + value * value, 0) / values.length
      const mean = response.meanEnergy * sizeOf(window)
      const variance = windowVariance(window, response, live)
      const expected = errorOf(energy, window, variance) * mean
      // Draws that are not independent, of something like a chi-square.
      const seen = Math.sqrt(meanSquare(errors))
      expect(seen).toBeLessThan(2 * expected + 1e-8 * mean)
      expect(seen).toBeGreaterThan(expected / 2 - 1e-8 * mean)
      expect(meanSquare(deviations) / variance).toBeGreaterThan(0.25)
      expect(meanSquare(deviations) / variance).toBeLessThan(4)
    }),
    { numRuns: 25 },
  )
})

test('the error grows with the stride', () => {
  fc.assert(
    fc.property(bands, shapes, anchors, (band, shape, anchor) => {
      const window = windowOf(shape)
      const response = measured(filterOf(band), live)
      const variance = windowVariance(window, response, live)
      const errors = [1, 2, 4, 8, 16, 32].map((stride) => {
        const nodes = nodesOver(TAPS, stride, { anchor, known: 0 }, live)
        return errorOf(sampleAt(nodes, response, live), window, variance)
      })
      expect(errors[0]).toBe(0)
      // Nodes of a larger stride reach further beyond the window.
      errors.slice(1).forEach((error, i) => {
        expect(error).toBeGreaterThan(0.5 * errors[i] - 1e-7)
      })
    }),
  )
})

test('a filter without taps is taken at every sample', () => {
  const silent = { real: new Float64Array(TAPS), imaginary: new Float64Array(TAPS), left: 50 }
  const window = new Float64Array(TAPS).fill(1)
  for (const tolerance of Object.values(tolerances)) {
    const response = measured(silent, tolerance)
    const energy = sampleSparsely(response, window, STRIDES, { anchor: 0, known: 0 }, LEAST, tolerance)
    expect(energy.nodes.stride).toBe(1)
    expect(nodeWeights(energy, window, whole)).toEqual(window)
  }
})

test('a window errs as much as its negative', () => {
  fc.assert(
    fc.property(bands, shapes, (band, shape) => {
      const response = measured(filterOf(band), live)
      const energy = sampleAt(nodesOver(TAPS, 20, { anchor: TAPS - 1, known: 0 }, live), response, live)
      const error = (window: Float64Array) => errorOf(energy, window, windowVariance(window, response, live))
      const window = windowOf(shape)
      expect(error(window.map((weight) => -weight))).toBeCloseTo(error(window), 12)
    }),
  )
})

test('a band-pass that fades out within its taps is sampled sparsely', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 4, max: 8, noNaN: true }),
      fc.double({ min: 0.8, max: 2.3, noNaN: true }),
      fc.constantFrom(live, learning),
      (sigma, center, tolerance) => {
        const response = measured(filterOf({ center, sigma, skew: 0 }), tolerance)
        const window = windowOf({ width: 0.3, sign: 1 })
        const grid = { anchor: TAPS - 1, known: 0 }
        const { nodes } = sampleSparsely(response, window, STRIDES, grid, LEAST, tolerance)
        expect(nodes.stride).toBeGreaterThan(1)
      },
    ),
  )
})
