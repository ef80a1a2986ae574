import { expect, test } from 'vitest'
import type { FeatureExample } from '../../../src/learning/examples/index.ts'
import type { DenseValues } from '../../../src/learning/network/index.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { discriminant } from '../../../src/learning/teaching/discriminant.ts'

const pause = async () => {}

const example = (label: number, labels: number, ...features: number[]): FeatureExample => ({
  features: Float32Array.from(features),
  firstFrame: 0,
  target: Float32Array.from({ length: labels }, (_, i) => Number(i === label)),
})

/** Of an example, by label. */
function logits({ kernel, bias }: DenseValues, { features }: FeatureExample): number[] {
  return Array.from(bias, (offset, label) =>
    features.reduce((sum, value, i) => sum + value * kernel[i * bias.length + label], offset),
  )
}

const rightShare = (layer: DenseValues, examples: readonly FeatureExample[]) =>
  examples.filter((one) => {
    const own = logits(layer, one)
    return one.target[own.indexOf(Math.max(...own))] === 1
  }).length / examples.length

/** Classes that differ in the first number by 2 and vary by 0.2 there, by 3 in the second, whose mean they share. */
function stretched(count: number, seed: number): FeatureExample[] {
  const random = new Random(seed)
  return Array.from({ length: count }, (_, i) =>
    example(i % 3, 3, 2 * (i % 3) + 0.2 * random.normal(), 3 * random.normal(), random.normal()),
  )
}

test('looks away from what varies within classes', async () => {
  const layer = (await discriminant(stretched(60, 1), stretched(12, 2), 0.1, pause))!
  expect(rightShare(layer, stretched(300, 3))).toBeGreaterThan(0.95)
})

test('by hand: two classes that vary alike in both numbers, correlated', async () => {
  // Within classes the covariance is [[1, 0.6], [0.6, 1]] · 2; shrunk by 0.1 its off-diagonal is 0.54 · 2, and a hundredth
  // comes to its diagonal.
  const spread = [
    [1, 1],
    [-1, -1],
  ].flatMap(([x, y]) => Array.from({ length: 4 }, () => [x * Math.SQRT2, y * Math.SQRT2]))
  spread.push(
    ...[
      [1, -1],
      [-1, 1],
    ].map(([x, y]) => [x * Math.SQRT2, y * Math.SQRT2]),
  )
  const rows = spread.flatMap(([x, y]) => [example(0, 2, x, y), example(1, 2, x + 1, y)])
  const { kernel, bias } = (await discriminant(rows, rows, 0.1, pause))!
  // Σ⁻¹ (½, 0) is along (1.01, -0.54); the labels are each other's opposite, and halfway between the means both say the same.
  expect(kernel[3] / kernel[1]).toBeCloseTo(-0.54 / 1.01, 5)
  expect(kernel[0]).toBeCloseTo(-kernel[1], 6)
  expect(kernel[1]).toBeGreaterThan(0)
  expect(kernel[0] * 0.5 + bias[0]).toBeCloseTo(kernel[1] * 0.5 + bias[1], 6)
})

test('its scores are no surer than the held-out examples allow', async () => {
  const learned = stretched(60, 1)
  // Of these a third is of another class than it looks.
  const heldOut = stretched(60, 2).map((one, i) =>
    i % 3 === 0 ? { ...one, target: learned[(i + 1) % 3].target } : one,
  )
  const sure = Math.max(...logits((await discriminant(learned, learned, 0.1, pause))!, learned[0]))
  const unsure = Math.max(...logits((await discriminant(learned, heldOut, 0.1, pause))!, learned[0]))
  expect(sure).toBeGreaterThan(2)
  expect(unsure).toBeLessThan(sure - 1)
})

test('has nothing to say where nothing varies', async () => {
  expect(
    await discriminant([example(0, 2, 1, 1), example(1, 2, 2, 1)], [example(0, 2, 1, 1)], 0.1, pause),
  ).toBeNull()
})
