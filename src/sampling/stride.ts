import { type FilterResponse, transformOf } from './filter-response.ts'
import { type NodeGrid, nodesOver } from './nodes.ts'
import { fitWeights, type SampledEnergy, sampleAt, standardError, windowVariance } from './sampled-energy.ts'
import type { Tolerance } from './tolerance.ts'

/**
 * A filter's energies sampled before pooling at the largest stride that keeps the tolerance: beats of two tones must
 * not alias onto beats that the pooling window lets through, and the pooled energy of white noise must err little.
 *
 * @param strides to choose from, ascending, divisors of the response's size; 1 is always good enough.
 * @param least the amplitude response of a tone that just reaches the energy floor, `leastAmplitude`.
 * @param mostNodes whose weights may be solved for: finding them takes nodes³/6 multiply-adds. Strides with more are left
 *   out; stride 1 needs none.
 */
export function sampleSparsely(
  response: FilterResponse,
  window: Float64Array,
  strides: readonly number[],
  grid: NodeGrid,
  least: number,
  tolerance: Tolerance,
  mostNodes = Number.POSITIVE_INFINITY,
): SampledEnergy {
  const power = response.re.map((value, b) => value * value + response.im[b] * response.im[b])
  const passed = beatsPassed(window, response.size, tolerance)
  let variance: number | null = null
  const nodesAt = (stride: number) => nodesOver(window.length, stride, grid, tolerance)
  const sampledAt = (stride: number) => sampleAt(nodesAt(stride), response, tolerance)
  // A filter without taps gives no energy to judge by.
  if (response.meanEnergy === 0) return sampledAt(1)
  for (let i = strides.length - 1; i >= 0 && strides[i] > 1; i--) {
    if (nodesAt(strides[i]).count > mostNodes) break
    if (aliases(power, strides[i], response.size, passed, least * least, tolerance)) continue
    variance ??= windowVariance(window, response, tolerance)
    const sampled = sampledAt(strides[i])
    const fitted = fitWeights(sampled, window, { first: 0, last: window.length })
    if (standardError(sampled, window, variance, fitted) > tolerance.largestError) continue
    if (!beats(power, sampled, fitted.weights, window, response.size, least * least, tolerance))
      return sampled
  }
  return sampledAt(1)
}

/**
 * Whether the weights found let two tones beat into a pooled energy by more than `largestImage` of it. They are fitted to
 * noise, and few of them may let through what the window, by which `aliases` judges, does not.
 */
function beats(
  power: Float64Array,
  { nodes: { first, stride } }: SampledEnergy,
  weights: Float64Array,
  window: Float64Array,
  size: number,
  least: number,
  { largestImage }: Tolerance,
): boolean {
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  window.forEach((weight, k) => {
    re[k % size] -= weight
  })
  weights.forEach((weight, j) => {
    re[(((first + stride * j) % size) + size) % size] += weight
  })
  transformOf(size).transform(re, im)
  // Weights of both signs may cancel: their size counts.
  const sizeOfWindow = window.reduce((sum, weight) => sum + Math.abs(weight), 0)
  for (let distance = 1; distance < power.length; distance++) {
    const error = Math.hypot(re[distance], im[distance]) / sizeOfWindow
    // A beat is no larger than the energy of its tones.
    if (error > largestImage && largestBeat(power, distance, least) * error > largestImage) return true
  }
  return false
}

/** Largest beat of two tones so many bins apart, as a share of their energy or that of the floor. */
function largestBeat(power: Float64Array, distance: number, least: number): number {
  let largest = 0
  for (let b = 0; b + distance < power.length; b++) {
    const [p, q] = [power[b], power[b + distance]]
    largest = Math.max(largest, (2 * Math.sqrt(p * q)) / Math.max(p + q, least))
  }
  return largest
}

/** Bins from 0 to where the pooling window's spectrum stays below the share `passedBeat` of its value at 0. */
function beatsPassed(window: Float64Array, size: number, { passedBeat }: Tolerance): number {
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  window.forEach((weight, k) => {
    re[k % size] += weight
  })
  transformOf(size).transform(re, im)
  for (let b = Math.floor(size / 2); b > 0; b--) {
    if (Math.sqrt(re[b] * re[b] + im[b] * im[b]) > passedBeat * re[0]) return b + 1
  }
  return 1
}

/**
 * Whether any two bins beat into a pooled energy by more than the tolerance's share of it, judged against the energy
 * that is there anyway: the filter's own at the two bins, or that of the floor.
 */
function aliases(
  power: Float64Array,
  stride: number,
  size: number,
  passed: number,
  least: number,
  { largestAlias }: Tolerance,
): boolean {
  const period = size / stride
  const around = Math.min(passed, Math.floor(period / 2))
  const limit = (largestAlias * largestAlias) / 4
  // Bins too weak for any other.
  const weakest = (limit * least * least) / power.reduce((a, b) => Math.max(a, b))
  const strong = Int32Array.from(power.keys()).filter((b) => power[b] > weakest)
  for (let center = period; center < size; center += period) {
    const last = Math.min(center + around, size - around, power.length - 1)
    for (let distance = center - around; distance <= last; distance++) {
      for (let i = 0; i < strong.length; i++) {
        const b = strong[i]
        if (b + distance >= power.length) break
        // 2 √(p q) > share · max(p + q, least), without the root.
        const energy = Math.max(power[b] + power[b + distance], least)
        if (power[b] * power[b + distance] > limit * energy * energy) return true
      }
    }
  }
  return false
}
