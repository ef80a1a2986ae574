import { matMul, tensor2d, tidy } from '@tensorflow/tfjs-core'
import type { FeatureExample } from '../examples/index.ts'
import { type DenseValues, sigmoidLoss } from '../network/index.ts'
import { AdamW, warmUpCosine } from '../optimiser/index.ts'
import type { Random } from '../random/index.ts'

/**
 * Factor on half the squared kernel, for inputs of unit deviation. Chosen on valid clips of the events pack, of 1e-5 to
 * 3e-2 in steps of about three, with YAMNet's embedding.
 */
const PENALTY = 0.01
/** Chosen, not fitted: behind 1500 steps of 512 the loss of thousands of examples stands still. */
const STEPS = 1500
const BATCH = 512
const RATE = 0.003
/** Added to every deviation, of their root mean square: an input that hardly varied says nothing. Chosen, not fitted. */
const LEAST_DEVIATION = 0.1

/**
 * One logistic regression for each label, on inputs of unit deviation, with a penalty on the squared kernel (Hastie,
 * Tibshirani and Friedman, "The Elements of Statistical Learning", 4.4).
 *
 * @param examples whose targets are 0, 1, between them, or NaN where nobody knows
 * @param random draws the examples of each step
 * @returns the layer for the inputs as they come
 */
export function logisticRegression(examples: readonly FeatureExample[], random: Random): DenseValues {
  const { means, deviations } = momentsOf(examples)
  const inputs = means.length
  const labels = examples[0].target.length
  const kernel = new Float32Array(inputs * labels)
  const bias = new Float32Array(labels)
  const optimiser = new AdamW([
    { values: kernel, rate: 1, decay: 0 },
    { values: bias, rate: 1, decay: 0 },
  ])
  const size = Math.min(BATCH, examples.length)
  const divisors = new Array<number>(labels).fill(size)
  const batch = new Float32Array(size * inputs)
  const targets = new Float32Array(size * labels)
  for (let step = 0; step < STEPS; step++) {
    for (let i = 0; i < size; i++) {
      const { features, target } = examples[random.below(examples.length)]
      for (let j = 0; j < inputs; j++) batch[i * inputs + j] = (features[j] - means[j]) / deviations[j]
      targets.set(target, i * labels)
    }
    const gradients = tidy(() => {
      const given = tensor2d(batch, [size, inputs])
      const products = matMul(given, tensor2d(kernel, [inputs, labels])).dataSync<'float32'>()
      const scores = products.map((product, i) => product + bias[i % labels])
      const { gradient } = sigmoidLoss(scores, targets, divisors)
      const slopes = matMul(given, tensor2d(gradient, [size, labels]), true).dataSync<'float32'>()
      return [slopes.map((slope, i) => slope + PENALTY * kernel[i]), sumOfRows(gradient, labels)]
    })
    optimiser.step(gradients, warmUpCosine(step, STEPS, RATE))
  }
  const own = kernel.map((value, i) => value / deviations[Math.floor(i / labels)])
  return {
    kernel: own,
    bias: bias.map((offset, label) =>
      means.reduce((sum, mean, input) => sum - mean * own[input * labels + label], offset),
    ),
  }
}

function momentsOf(examples: readonly FeatureExample[]): { means: Float64Array; deviations: Float64Array } {
  const inputs = examples[0].features.length
  const means = new Float64Array(inputs)
  const squares = new Float64Array(inputs)
  for (const { features } of examples) {
    for (let i = 0; i < inputs; i++) {
      means[i] += features[i] / examples.length
      squares[i] += features[i] ** 2 / examples.length
    }
  }
  const variances = squares.map((square, i) => Math.max(0, square - means[i] ** 2))
  const typical = Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0) / inputs) || 1
  return { means, deviations: variances.map((variance) => Math.sqrt(variance) + LEAST_DEVIATION * typical) }
}

function sumOfRows(values: Float32Array, columns: number): Float32Array {
  const sums = new Float32Array(columns)
  for (const [i, value] of values.entries()) sums[i % columns] += value
  return sums
}
