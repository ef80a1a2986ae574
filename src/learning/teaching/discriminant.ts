import { fitPlatt } from '../evaluation/index.ts'
import type { FeatureExample } from '../examples/index.ts'

/** A dense layer: kernel [inputs, labels], row-major, and bias [labels]. */
export interface DenseValues {
  readonly kernel: Float32Array
  readonly bias: Float32Array
}

/**
 * Share of the covariance that is taken from the identity: of 0.1, 0.2, 0.3 and 0.6 the best on the valid clips of words and
 * instruments, learned from five and twenty of each (`npm run fewshot -- --split valid`).
 */
const SHRINKAGE = 0.1
/** Numbers of an embedding whose covariance still fits: 32 MB, and some seconds of work. */
const MOST_INPUTS = 2048
/** Rows of the data or the matrix between two chances to hear a message. */
const ROWS = 32

/**
 * Fisher's linear discriminant of embeddings, with a covariance within classes that is shrunk towards a multiple of the
 * identity (Friedman 1989, "Regularized Discriminant Analysis"), every class with the same weight. A few examples of each
 * class show together what varies within classes, and the layer looks away from it. Its scale and offset, one for all
 * labels, are those under which sigmoid scores of the held-out examples have the least cross entropy.
 *
 * @returns null where nothing varies, or embeddings are too long
 */
export async function discriminant(
  learned: readonly FeatureExample[],
  heldOut: readonly FeatureExample[],
  pause: () => Promise<void>,
): Promise<DenseValues | null> {
  const inputs = learned[0].features.length
  const labels = learned[0].target.length
  if (inputs > MOST_INPUTS) return null
  const classes = Array.from({ length: labels }, (_, label) =>
    learned.filter(({ target }) => target[label] === 1).map(({ features }) => features),
  )
  const means = classes.map(meanOf)
  const covariance = await covarianceWithin(classes, means, pause)
  if (!shrink(covariance)) return null
  await factorise(covariance, pause)
  const middle = meanOf(means)
  const directions = means.map((mean) =>
    solve(
      covariance,
      mean.map((value, i) => value - middle[i]),
    ),
  )
  const halfway = means.map((mean) => mean.map((value, i) => (value + middle[i]) / 2))
  const offsets = directions.map((direction, label) => -dot(direction, halfway[label]))
  return scaled(directions, offsets, heldOut)
}

function scaled(
  directions: readonly Float64Array[],
  offsets: readonly number[],
  heldOut: readonly FeatureExample[],
): DenseValues {
  const labels = directions.length
  const answers = heldOut.flatMap(({ features, target }) =>
    directions.map((direction, label) => ({
      value: dot(direction, features) + offsets[label],
      hasLabel: target[label] === 1,
    })),
  )
  // In units in which a logit is about 1.
  const unit = Math.sqrt(answers.reduce((sum, { value }) => sum + value ** 2, 0) / answers.length) || 1
  const map = fitPlatt(answers.map(({ value, hasLabel }) => ({ logits: [value / unit], hasLabel })))
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

/** The lower half, row by row. */
async function covarianceWithin(
  classes: readonly (readonly Float32Array[])[],
  means: readonly Float64Array[],
  pause: () => Promise<void>,
): Promise<Float64Array[]> {
  const inputs = means[0].length
  const covariance = Array.from({ length: inputs }, (_, i) => new Float64Array(i + 1))
  const apart = new Float64Array(inputs)
  let rows = 0
  for (const [label, own] of classes.entries())
    for (const features of own) {
      for (let i = 0; i < inputs; i++) apart[i] = features[i] - means[label][i]
      for (let i = 0; i < inputs; i++) {
        const row = covariance[i]
        const factor = apart[i] / (own.length * classes.length)
        for (let j = 0; j <= i; j++) row[j] += factor * apart[j]
      }
      if (++rows % ROWS === 0) await pause()
    }
  return covariance
}

/** @returns whether anything varies */
function shrink(covariance: readonly Float64Array[]): boolean {
  const variance = covariance.reduce((sum, row, i) => sum + row[i], 0) / covariance.length
  covariance.forEach((row, i) => {
    for (let j = 0; j <= i; j++) row[j] *= 1 - SHRINKAGE
    row[i] += SHRINKAGE * variance
  })
  return variance > 0
}

/** Cholesky's factor in the place of the lower half of a positive definite matrix. */
async function factorise(matrix: readonly Float64Array[], pause: () => Promise<void>): Promise<void> {
  for (const [i, row] of matrix.entries()) {
    if (i % ROWS === 0) await pause()
    for (let j = 0; j <= i; j++) {
      const other = matrix[j]
      let rest = row[j]
      for (let k = 0; k < j; k++) rest -= row[k] * other[k]
      row[j] = j === i ? Math.sqrt(rest) : rest / other[j]
    }
  }
}

/** @param factor Cholesky's, of the matrix that is to be solved by */
function solve(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const values = right.slice()
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
