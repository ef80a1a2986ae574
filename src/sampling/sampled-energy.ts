import { isSmooth } from '../frontend/index.ts'
import { type FilterResponse, transformOf } from './filter-response.ts'
import type { Nodes } from './nodes.ts'
import { factorise, solve, sumOf, type ToeplitzSystem } from './toeplitz.ts'
import type { Tolerance } from './tolerance.ts'

/** Part of a pooling window that lies inside the signal: from tap `first` to before tap `last`. */
export interface Range {
  readonly first: number
  readonly last: number
}

/**
 * How a pooling window of one weight a sample becomes weights on the energies at the nodes: those that come closest to
 * it for white noise through the filter. With C the covariance of the energies, m their mean, w the window and ŵ the
 * weights they minimise
 *
 *     (ŵ-w)ᵀ C (ŵ-w) + ridge·C₀·|ŵ|² + emphasis·m²·(Σŵ-Σw)²,
 *
 * a linear map of w. The sum is no constraint, but weighs so much that a steady tone, which sees nothing else, keeps
 * its energy. Plain data; float64.
 */
export interface SampledEnergy {
  readonly nodes: Nodes
  /** Covariance of the energies by their distance in samples. */
  readonly covariance: Float64Array
  /** Largest distance at which energies count as correlated, samples. */
  readonly reach: number
  readonly meanEnergy: number
  /** Null at stride 1, where the window itself is the weights. */
  readonly system: ToeplitzSystem | null
}

/** An energy at these nodes. The work is in here: weights and their adjoint then take little. */
export function sampleAt(
  nodes: Nodes,
  { covariance, meanEnergy }: FilterResponse,
  tolerance: Tolerance,
): SampledEnergy {
  const reach = reachOf(covariance, tolerance)
  const { stride, count } = nodes
  const shared = { nodes, covariance, reach, meanEnergy }
  if (stride === 1) return { ...shared, system: null }
  const row = Float64Array.from({ length: count }, (_, j) => covariance[stride * j] ?? 0)
  const band = tolerance.uncorrelated > 0 ? Math.floor(reach / stride) : count - 1
  const emphasis = tolerance.sumEmphasis * meanEnergy * meanEnergy
  return { ...shared, system: factorise(row, band, covariance[0] * tolerance.ridge, emphasis) }
}

/** The energy at every sample, of whatever filter. */
export function everySample(taps: number): SampledEnergy {
  const nodes = { first: 0, stride: 1, count: taps }
  return { nodes, covariance: Float64Array.of(1), reach: 0, meanEnergy: 1, system: null }
}

/** Weights of the nodes, in the order of time, and what they were solved from. */
export interface FittedWeights {
  readonly weights: Float64Array
  /** C between the nodes and the taps, times the window; at stride 1 the window itself. */
  readonly right: Float64Array
}

/**
 * Fits weights to a window of which only a range lies inside the signal: energies outside are zero, as in the official
 * padding.
 */
export function fitWeights(energy: SampledEnergy, window: Float64Array, range: Range): FittedWeights {
  if (!energy.system) {
    const weights = window.map((weight, k) => (k >= range.first && k < range.last ? weight : 0))
    return { weights, right: weights }
  }
  const right = correlated(energy, window, range)
  const weights = Float64Array.from(right)
  solve(energy.system, weights, rangeSum(window, range))
  return { weights, right }
}

/** The weights of `fitWeights` alone. */
export function nodeWeights(energy: SampledEnergy, window: Float64Array, range: Range): Float64Array {
  return fitWeights(energy, window, range).weights
}

/**
 * Standard error, for white noise, of an energy pooled at the nodes, as a share of its mean, or of what would be its
 * mean were all weights positive.
 *
 * @param variance of the window itself, `windowVariance` of it.
 * @param fitted `fitWeights` of the whole window.
 */
export function standardError(
  energy: SampledEnergy,
  window: Float64Array,
  variance: number,
  { weights, right }: FittedWeights,
): number {
  const { system, nodes, covariance, meanEnergy } = energy
  if (!system) return 0
  const missing = sumOf(weights) - rangeSum(window, { first: 0, last: window.length })
  // (ŵ-w)ᵀC(ŵ-w) = ŵᵀCŵ - 2 ŵᵀCw + wᵀCw; the sum's part stands apart, or it would drown the rest.
  let squared = variance + system.emphasis * missing * missing
  for (let j = 0; j < nodes.count; j++) {
    let total = 0
    for (let l = 0; l < nodes.count; l++) {
      total += (covariance[nodes.stride * Math.abs(j - l)] ?? 0) * weights[l]
    }
    squared += weights[j] * (total - 2 * right[j])
  }
  // Weights of both signs may cancel: their size counts.
  return Math.sqrt(Math.max(0, squared)) / (meanEnergy * sumOf(window.map(Math.abs)))
}

/** wᵀCw: the variance of a pooled energy for white noise, by the window's autocorrelation: K log K for K taps. */
export function windowVariance(
  window: Float64Array,
  { covariance }: FilterResponse,
  tolerance: Tolerance,
): number {
  const last = Math.min(reachOf(covariance, tolerance), window.length - 1)
  const correlation = autocorrelation(window)
  let variance = 0
  for (let distance = last; distance > 0; distance--)
    variance += 2 * covariance[distance] * correlation[distance]
  return variance + covariance[0] * correlation[0]
}

/** Σ w(k) w(k + d) for every distance d, at the beginning of what it returns. */
function autocorrelation(window: Float64Array): Float64Array {
  let size = 2 * window.length
  while (!isSmooth(size)) size++
  const fourier = transformOf(size)
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  re.set(window)
  fourier.transform(re, im)
  for (let b = 0; b < size; b++) {
    re[b] = (re[b] * re[b] + im[b] * im[b]) / size
    im[b] = 0
  }
  fourier.transform(re, im)
  return re
}

function rangeSum(window: Float64Array, { first, last }: Range): number {
  let sum = 0
  for (let k = first; k < last; k++) sum += window[k]
  return sum
}

/** C between the nodes and the taps, times the window. */
function correlated(energy: SampledEnergy, window: Float64Array, range: Range): Float64Array {
  const { nodes, covariance } = energy
  return Float64Array.from({ length: nodes.count }, (_, j) => {
    const position = nodes.first + j * nodes.stride
    const [from, middle, to] = around(energy, position, range)
    let total = 0
    for (let k = from; k < middle; k++) total += covariance[position - k] * window[k]
    for (let k = middle; k < to; k++) total += covariance[k - position] * window[k]
    return total
  })
}

/** The taps of a range that are correlated with a position: the first, the first not before it, the end. */
export function around(
  { reach }: SampledEnergy,
  position: number,
  { first, last }: Range,
): [number, number, number] {
  const from = Math.max(first, position - reach)
  const to = Math.min(last, position + reach + 1)
  return [from, Math.min(Math.max(from, position), to), to]
}

function reachOf(covariance: Float64Array, { uncorrelated }: Tolerance): number {
  return uncorrelated > 0
    ? covariance.findLastIndex((value) => value > uncorrelated * covariance[0])
    : covariance.length - 1
}
