import { around, type Range, type SampledEnergy } from './sampled-energy.ts'
import { solve, sumOf } from './toeplitz.ts'

/**
 * Weights of the nodes for several ranges of one window, as `nodeWeights` gives for each: the frames at the ends of a clip
 * see parts of it. What the ranges have in common is computed once.
 */
export function weightsOfRanges(
  energy: SampledEnergy,
  window: Float64Array,
  ranges: readonly Range[],
): Float64Array[] {
  const { system, nodes } = energy
  if (!system) return ranges.map((range) => window.map((weight, k) => (isIn(k, range) ? weight : 0)))
  const weights = ranges.map(() => new Float64Array(nodes.count))
  const sums = new Float64Array(ranges.length)
  for (const [segment, holders] of segmentsOf(ranges)) {
    let sum = 0
    for (let k = segment.first; k < segment.last; k++) sum += window[k]
    for (const r of holders) sums[r] += sum
    eachNode(energy, segment, (j, position, covariance, from, middle, to) => {
      let total = 0
      for (let k = from; k < middle; k++) total += covariance[position - k] * window[k]
      for (let k = middle; k < to; k++) total += covariance[k - position] * window[k]
      for (const r of holders) weights[r][j] += total
    })
  }
  weights.forEach((right, r) => {
    solve(system, right, sums[r])
  })
  return weights
}

/** The adjoint: adds ∂L/∂window to `target`, from ∂L/∂weights of each range. */
export function addWindowGradient(
  energy: SampledEnergy,
  weightGradients: readonly Float64Array[],
  ranges: readonly Range[],
  target: Float64Array,
): void {
  const { system } = energy
  if (!system) {
    ranges.forEach(({ first, last }, r) => {
      for (let k = first; k < last; k++) target[k] += weightGradients[r][k]
    })
    return
  }
  // The system is symmetric: its own adjoint.
  const solutions = weightGradients.map((gradients) => Float64Array.from(gradients))
  for (const solution of solutions) solve(system, solution, 0)
  const sum = new Float64Array(energy.nodes.count)
  for (const [segment, holders] of segmentsOf(ranges)) {
    sum.fill(0)
    for (const r of holders) for (let j = 0; j < sum.length; j++) sum[j] += solutions[r][j]
    const held = system.emphasis * sumOf(sum)
    for (let k = segment.first; k < segment.last; k++) target[k] += held
    eachNode(energy, segment, (j, position, covariance, from, middle, to) => {
      const value = sum[j]
      for (let k = from; k < middle; k++) target[k] += value * covariance[position - k]
      for (let k = middle; k < to; k++) target[k] += value * covariance[k - position]
    })
  }
}

const isIn = (k: number, { first, last }: Range) => k >= first && k < last

/** The window cut where any range begins or ends: each piece with the numbers of the ranges that it is in. */
function segmentsOf(ranges: readonly Range[]): [Range, number[]][] {
  const cuts = [...new Set(ranges.flatMap(({ first, last }) => [first, last]))].sort((a, b) => a - b)
  return cuts.slice(1).flatMap((last, i): [Range, number[]][] => {
    const first = cuts[i]
    const holders = ranges.flatMap((range, r) => (isIn(first, range) ? [r] : []))
    return holders.length > 0 ? [[{ first, last }, holders]] : []
  })
}

/** Calls `use` for each node that is correlated with taps of a segment: those in front of it from `from`, the others. */
function eachNode(
  energy: SampledEnergy,
  segment: Range,
  use: (
    node: number,
    position: number,
    covariance: Float64Array,
    from: number,
    middle: number,
    to: number,
  ) => void,
): void {
  const { nodes, covariance } = energy
  for (let j = 0; j < nodes.count; j++) {
    const position = nodes.first + j * nodes.stride
    const [from, middle, to] = around(energy, position, segment)
    if (from < to) use(j, position, covariance, from, middle, to)
  }
}
