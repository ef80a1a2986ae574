/** Added to every deviation, of their root mean square: an input that hardly varied says nothing. Chosen, not fitted. */
const LEAST_DEVIATION = 0.1

/** Of every input over some examples. */
export interface Moments {
  readonly means: Float64Array
  /** Above zero. */
  readonly deviations: Float64Array
}

/** @param examples at least one, of as many inputs each */
export function momentsOf(examples: readonly Float32Array[]): Moments {
  const inputs = examples[0].length
  const means = new Float64Array(inputs)
  const squares = new Float64Array(inputs)
  for (const values of examples) {
    for (let i = 0; i < inputs; i++) {
      means[i] += values[i] / examples.length
      squares[i] += values[i] ** 2 / examples.length
    }
  }
  const variances = squares.map((square, i) => Math.max(0, square - means[i] ** 2))
  const typical = Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0) / inputs) || 1
  return { means, deviations: variances.map((variance) => Math.sqrt(variance) + LEAST_DEVIATION * typical) }
}
