import type { BlockGrid } from './grid.ts'
import type { FilterResponse } from './response.ts'

/** Nodes before the window's start, and behind its end, that may carry weight: they mend the truncated window's jump. */
const EXTRA_NODES = 5
/** How much more the weights' sum counts than white noise would make it: steady tones see nothing but the sum. */
const SUM_EMPHASIS = 1e3
/** Keeps the system well-posed where the energies are sampled more densely than they vary. */
const RIDGE = 1e-10

/**
 * Number of sampled energies, `stride` apart, from a little before the window's start to `after` samples (a multiple
 * of the stride) behind its last.
 */
export function nodeCount(windowLength: number, stride: number, after: number): number {
  if (stride === 1) return windowLength
  return Math.ceil((windowLength - 1 + after) / stride) + 1 + EXTRA_NODES
}

/**
 * Samples behind the window's last on which the last node may stand: a filter shorter than the longest is known there
 * when the frame is due. A few nodes mend the window's jump, more would only cost.
 */
export function knownAfter(response: FilterResponse, grid: BlockGrid, stride: number): number {
  if (stride === 1) return 0
  return Math.min(Math.floor((grid.reach - response.reach) / stride), EXTRA_NODES) * stride
}

/**
 * Weights on every `stride`-th energy that come closest to the window's own on every energy: least squares for white
 * noise through the filter, min (ŵ-w)ᵀ C (ŵ-w), with the sum held. Sampling the window itself would leave 1e-3.
 *
 * @param window weights of the `windowLength` energies, zero where the signal has none.
 * @param after samples behind the window's last on which the last node stands.
 * @returns one weight a node, in the order of time.
 */
export function poolingWeights(
  window: Float64Array,
  response: FilterResponse,
  stride: number,
  after: number,
): Float64Array {
  return stride === 1 ? window : leastSquares(window, response, stride, after).weights
}

/**
 * Standard error, for white noise, of an energy pooled with `poolingWeights`, as a share of its mean, or of what
 * would be its mean were all weights positive.
 *
 * @param spread of the window itself, `windowSpread` of the same arguments.
 */
export function poolingError(
  window: Float64Array,
  response: FilterResponse,
  stride: number,
  after: number,
  spread: number,
): number {
  const { weights, right, row } = leastSquares(window, response, stride, after)
  const meanError = response.meanEnergy * (sumOf(weights) - sumOf(window))
  // (ŵ-w)ᵀC(ŵ-w) = ŵᵀCŵ - 2 ŵᵀCw + wᵀCw; the sum's part stands apart, or it would drown the rest.
  let squared = spread + SUM_EMPHASIS * meanError * meanError
  for (let j = 0; j < weights.length; j++) {
    let total = 0
    for (let l = 0; l < weights.length; l++) total += row[Math.abs(j - l)] * weights[l]
    squared += weights[j] * (total - 2 * right[j])
  }
  // Weights of both signs may cancel: their size counts.
  return Math.sqrt(Math.max(0, squared)) / (response.meanEnergy * sumOf(window.map(Math.abs)))
}

/** wᵀCw: the variance of a pooled energy for white noise. */
export function windowSpread(window: Float64Array, { covariance }: FilterResponse): number {
  let spread = 0
  for (let k = 0; k < window.length; k++) {
    let total = 0.5 * covariance[0] * window[k]
    const last = Math.min(window.length, k + covariance.length)
    for (let l = k + 1; l < last; l++) total += covariance[l - k] * window[l]
    spread += 2 * window[k] * total
  }
  return spread
}

function sumOf(window: Float64Array): number {
  return window.reduce((total, weight) => total + weight, 0)
}

/** The weights, with Cw (`right`) and the first row of C at the nodes. */
function leastSquares(
  window: Float64Array,
  { covariance, meanEnergy }: FilterResponse,
  stride: number,
  after: number,
) {
  const count = nodeCount(window.length, stride, after)
  const right = new Float64Array(count)
  for (let j = 0; j < count; j++) {
    const place = window.length - 1 + after - stride * (count - 1 - j)
    const first = Math.max(0, place - covariance.length + 1)
    const last = Math.min(window.length, place + covariance.length)
    let total = 0
    for (let k = first; k < last; k++) total += covariance[Math.abs(place - k)] * window[k]
    right[j] = total
  }
  const row = Float64Array.from({ length: count }, (_, j) => covariance[stride * j] ?? 0)
  const held = SUM_EMPHASIS * meanEnergy * meanEnergy
  const sum = sumOf(window)
  const weights = solveToeplitz(
    row.map((value) => value + held),
    covariance[0] * RIDGE,
    right.map((value) => value + held * sum),
  )
  return { weights, right, row }
}

/** Solves the symmetric system with A[j][l] = row[|j - l|], plus `ridge` on the diagonal, by Cholesky's method. */
function solveToeplitz(row: Float64Array, ridge: number, right: Float64Array): Float64Array {
  const n = row.length
  const lower = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    for (let l = 0; l <= j; l++) {
      let sum = row[j - l] + (j === l ? ridge : 0)
      for (let m = 0; m < l; m++) sum -= lower[j * n + m] * lower[l * n + m]
      lower[j * n + l] = j === l ? Math.sqrt(Math.max(sum, ridge)) : sum / lower[l * n + l]
    }
  }
  const solution = Float64Array.from(right)
  for (let j = 0; j < n; j++) {
    for (let m = 0; m < j; m++) solution[j] -= lower[j * n + m] * solution[m]
    solution[j] /= lower[j * n + j]
  }
  for (let j = n - 1; j >= 0; j--) {
    for (let m = j + 1; m < n; m++) solution[j] -= lower[m * n + j] * solution[m]
    solution[j] /= lower[j * n + j]
  }
  return solution
}
