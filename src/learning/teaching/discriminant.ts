import { fitPlatt } from '../evaluation/index.ts'
import type { FeatureExample } from '../examples/index.ts'
import type { DenseValues } from '../network/index.ts'

/** Added to every variance, of their mean: an input that never varied says nothing. Chosen, not fitted. */
const LEAST_VARIANCE = 0.01
/** Longest embedding: the float64 lower triangle takes 2048 · 2049 / 2 · 8 B = 17 MB, the factorisation some seconds. */
export const MAX_INPUTS = 2048
/** Rows processed between yields to the event loop. Chosen, not fitted. */
const ROWS_PER_YIELD = 32

/**
 * Fisher's linear discriminant with equal class priors: kernel Σ⁻¹(μ_c − μ), bias −kernel · (μ_c + μ) / 2, where μ is
 * the mean of the class means μ_c. Σ is the within-class covariance, pooled over the classes so that a few examples of
 * each suffice, and shrunk towards its diagonal, so that inputs of any scale may stand beside each other (target D of
 * Schäfer and Strimmer 2005, doi 10.2202/1544-6115.1175). Platt scaling on the held-out examples then fits one scale and
 * one offset for all labels.
 *
 * @param shrinkage share of the covariances of different inputs that is given up, 0 to 1
 * @returns null if the within-class variance is 0 or embeddings are longer than 2048
 */
export async function discriminant(
  learned: readonly FeatureExample[],
  heldOut: readonly FeatureExample[],
  shrinkage: number,
  pause: () => Promise<void>,
): Promise<DenseValues | null> {
  const inputs = learned[0].features.length
  const labels = learned[0].target.length
  if (inputs > MAX_INPUTS) return null
  const classes = Array.from({ length: labels }, (_, label) =>
    learned.filter(({ target }) => target[label] === 1).map(({ features }) => features),
  )
  const means = classes.map(meanOf)
  const covariance = await withinClassCovariance(classes, means, pause)
  if (!shrink(covariance, shrinkage)) return null
  await cholesky(covariance, pause)
  const centre = meanOf(means)
  const directions = means.map((mean) =>
    solve(
      covariance,
      mean.map((value, i) => value - centre[i]),
    ),
  )
  const midpoints = means.map((mean) => mean.map((value, i) => (value + centre[i]) / 2))
  const offsets = directions.map((direction, label) => -dot(direction, midpoints[label]))
  return calibrated(directions, offsets, heldOut)
}

function calibrated(
  directions: readonly Float64Array[],
  offsets: readonly number[],
  heldOut: readonly FeatureExample[],
): DenseValues {
  const labels = directions.length
  const logits = heldOut.flatMap(({ features, target }) =>
    directions.map((direction, label) => ({
      value: dot(direction, features) + offsets[label],
      hasLabel: target[label] === 1,
    })),
  )
  // Normalised to unit RMS for the fit.
  const unit = Math.sqrt(logits.reduce((sum, { value }) => sum + value ** 2, 0) / logits.length) || 1
  const map = fitPlatt(logits.map(({ value, hasLabel }) => ({ logits: [value / unit], hasLabel })))
  const scale = map.scale / unit
  return {
    kernel: Float32Array.from(
      { length: directions[0].length * labels },
      (_, i) => scale * directions[i % labels][Math.floor(i / labels)],
    ),
    bias: Float32Array.from(offsets, (offset) => scale * offset + map.offset),
  }
}

function meanOf(rows: readonly ArrayLike<number>[]): Float64Array {
  const mean = new Float64Array(rows[0].length)
  for (const row of rows) for (let i = 0; i < mean.length; i++) mean[i] += row[i] / rows.length
  return mean
}

/** Lower triangle, row by row; each class has the same weight. */
async function withinClassCovariance(
  classes: readonly (readonly Float32Array[])[],
  means: readonly Float64Array[],
  pause: () => Promise<void>,
): Promise<Float64Array[]> {
  const inputs = means[0].length
  const covariance = Array.from({ length: inputs }, (_, i) => new Float64Array(i + 1))
  const centred = new Float64Array(inputs)
  let rows = 0
  for (const [label, own] of classes.entries())
    for (const features of own) {
      for (let i = 0; i < inputs; i++) centred[i] = features[i] - means[label][i]
      for (let i = 0; i < inputs; i++) {
        const row = covariance[i]
        const factor = centred[i] / (own.length * classes.length)
        for (let j = 0; j <= i; j++) row[j] += factor * centred[j]
      }
      if (++rows % ROWS_PER_YIELD === 0) await pause()
    }
  return covariance
}

/** Shrinks towards the diagonal, in place. @returns whether any variance is above 0 */
function shrink(covariance: readonly Float64Array[], shrinkage: number): boolean {
  const variance = covariance.reduce((sum, row, i) => sum + row[i], 0) / covariance.length
  covariance.forEach((row, i) => {
    for (let j = 0; j < i; j++) row[j] *= 1 - shrinkage
    row[i] += LEAST_VARIANCE * variance
  })
  return variance > 0
}

/** Cholesky factorisation of a positive definite matrix's lower triangle, in place. */
async function cholesky(matrix: readonly Float64Array[], pause: () => Promise<void>): Promise<void> {
  for (const [i, row] of matrix.entries()) {
    if (i % ROWS_PER_YIELD === 0) await pause()
    for (let j = 0; j <= i; j++) {
      const other = matrix[j]
      let residual = row[j]
      for (let k = 0; k < j; k++) residual -= row[k] * other[k]
      row[j] = j === i ? Math.sqrt(residual) : residual / other[j]
    }
  }
}

/** Forward and back substitution. @param factor lower Cholesky factor */
function solve(factor: readonly Float64Array[], rhs: Float64Array): Float64Array {
  const values = rhs.slice()
  for (let i = 0; i < values.length; i++) {
    for (let k = 0; k < i; k++) values[i] -= factor[i][k] * values[k]
    values[i] /= factor[i][i]
  }
  for (let i = values.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < values.length; k++) values[i] -= factor[k][i] * values[k]
    values[i] /= factor[i][i]
  }
  return values
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i]
  return sum
}
