import { beforeAll, expect, test } from 'vitest'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { logisticRegression } from '../../../src/learning/distillation/logistic-regression.ts'
import type { FeatureExample } from '../../../src/learning/examples/index.ts'
import { denseScores } from '../../../src/learning/network/index.ts'
import { Random } from '../../../src/learning/random/index.ts'

beforeAll(prepareBackend)

const logit = (score: number) => Math.log(score / (1 - score))

/** Examples of two labels: the first as likely as a logistic function of the inputs says, of the second every other one. */
function drawn(count: number, chance: (x: number, y: number) => number, isKnown = (_: number) => true) {
  const random = new Random(5)
  return Array.from({ length: count }, (_, i): FeatureExample => {
    const [x, y] = [random.normal(), random.normal()]
    const heard = Number(random.chance(chance(x, y)))
    const target = Float32Array.of(isKnown(x) ? heard : Number.NaN, i % 2)
    // Of other scales and far from 0, as embeddings are.
    return { features: Float32Array.of(40 + 2 * x, 0.5 * y - 7, 5), firstFrame: 0, target }
  })
}

const chance = (x: number, y: number) => 1 / (1 + Math.exp(-(1.5 * x - y - 0.5)))
const at = (x: number, y: number) => Float32Array.of(40 + 2 * x, 0.5 * y - 7, 5)

test('at the layer the gradient of loss and penalty is zero, whatever the scale of the inputs', () => {
  const examples = drawn(8000, chance)
  const layer = logisticRegression(examples, new Random(1))
  const errors = examples.map(({ features, target }) => denseScores(layer, features)[0] - target[0])
  const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const inputs = [0, 1].map((input) => examples.map(({ features }) => features[input]))
  const deviations = inputs.map((values) => Math.sqrt(meanOf(values.map((v) => (v - meanOf(values)) ** 2))))
  // The third input never varies.
  const least = 0.1 * Math.hypot(...deviations) * Math.sqrt(1 / 3)
  expect(Math.abs(meanOf(errors))).toBeLessThan(0.005)
  inputs.forEach((values, input) => {
    const unit = deviations[input] + least
    const slope = meanOf(errors.map((error, i) => (error * (values[i] - meanOf(values))) / unit))
    const kernel = layer.kernel[2 * input] * unit
    expect(Math.abs(kernel)).toBeGreaterThan(0.5)
    expect(Math.abs(slope + 0.01 * kernel)).toBeLessThan(0.003)
  })
  // Of the second label half of the examples have it, and nothing tells which.
  expect(Math.abs(denseScores(layer, at(0, 0))[1] - 0.5)).toBeLessThan(0.02)
})

test('what is not known of an example has no part in it', () => {
  // Known on one side alone: taken for "not heard", the other side would turn the slope around.
  const layer = logisticRegression(
    drawn(8000, chance, (x) => x < 0.5),
    new Random(1),
  )
  const [low] = denseScores(layer, at(-1, 0))
  const [high] = denseScores(layer, at(1, 0))
  expect(logit(high) - logit(low)).toBeGreaterThan(2)
})

test('inputs that never vary, and a handful of examples, give numbers', () => {
  const examples = [0, 1].map(
    (label): FeatureExample => ({
      features: Float32Array.of(3, 3),
      firstFrame: 0,
      target: Float32Array.of(label),
    }),
  )
  const [score] = denseScores(logisticRegression(examples, new Random(1)), [3, 3])
  expect(score).toBeGreaterThan(0.3)
  expect(score).toBeLessThan(0.7)
})
