import type { BlockGrid } from './grid.ts'
import type { FilterResponse } from './response.ts'

/** Nodes before the window's start that may carry weight: they mend the jump of the truncated window. */
const EXTRA_NODES = 3
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

/** Pooling weights for sampled energies. */
export interface PoolingWeights {
  /** One weight a node, in the order of time, the last node `after` samples behind the window's last. */
  readonly weights: Float64Array
  /** Standard error of the pooled energy for white noise, as a share of its mean. */
  readonly error: number
}

/**
 * Weights on every `stride`-th energy that come closest to the window's own on every energy: least squares for white
 * noise through the filter, min (ŵ-w)ᵀ C (ŵ-w), with the sum held. Sampling the window itself would leave 1e-3.
 *
 * @param window weights of the `windowLength` energies, zero where the signal has none.
 * @param after samples behind the window's last on which the last node stands.
 */
export function poolingWeights(
  window: Float64Array,
  response: FilterResponse,
  stride: number,
  after: number,
): PoolingWeights {
  if (stride === 1) return { weights: window, error: 0 }
  const { covariance, meanEnergy } = response
  const count = nodeCount(window.length, stride, after)
  const place = (j: number) => window.length - 1 + after - stride * (count - 1 - j)
  const common = SUM_EMPHASIS * meanEnergy ** 2
  const sum = window.reduce((total, weight) => total + weight, 0)
  const right = new Float64Array(count)
  for (let j = 0; j < count; j++) {
    let total = common * sum
    const at = place(j)
    for (let k = 0; k < window.length; k++) total += (covariance[Math.abs(at - k)] ?? 0) * window[k]
    right[j] = total
  }
  const row = new Float64Array(count)
  for (let j = 0; j < count; j++) row[j] = (covariance[stride * j] ?? 0) + common
  const weights = solveToeplitz(row, covariance[0] * RIDGE, right)
  return { weights, error: standardError(window, weights, right, row, response, sum) }
}

function standardError(
  window: Float64Array,
  weights: Float64Array,
  right: Float64Array,
  row: Float64Array,
  { covariance, meanEnergy }: FilterResponse,
  sum: number,
): number {
  // (ŵ-w)ᵀC(ŵ-w) = ŵᵀAŵ - 2 ŵᵀb + wᵀCw, with the sum's term on both sides.
  let squared = SUM_EMPHASIS * (meanEnergy * sum) ** 2
  for (let k = 0; k < window.length; k++) {
    if (window[k] === 0) continue
    let total = 0
    for (let l = 0; l < window.length; l++) total += (covariance[Math.abs(k - l)] ?? 0) * window[l]
    squared += window[k] * total
  }
  for (let j = 0; j < weights.length; j++) {
    let total = 0
    for (let l = 0; l < weights.length; l++) total += row[Math.abs(j - l)] * weights[l]
    squared += weights[j] * (total - 2 * right[j])
  }
  return Math.sqrt(Math.max(0, squared)) / (meanEnergy * sum)
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
