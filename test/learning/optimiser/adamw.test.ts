import { expect, test } from 'vitest'
import { AdamW, warmUpCosine } from '../../../src/learning/optimiser/adamw.ts'

/** Steps down the bowl (x - 3)² + 100 (y + 2)². */
function descend(optimiser: AdamW, point: Float32Array, steps: number): void {
  for (let i = 0; i < steps; i++) {
    optimiser.step([Float32Array.of(2 * (point[0] - 3), 200 * (point[1] + 2))], 0.05)
  }
}

test('finds the bottom of a bowl that is steeper in one direction', () => {
  const point = Float32Array.of(0, 0)
  descend(new AdamW([{ values: point, rate: 1, decay: 0 }]), point, 500)
  expect(point[0]).toBeCloseTo(3, 2)
  expect(point[1]).toBeCloseTo(-2, 2)
})

test('the first step is the learning rate, times the rate of the group, whatever the gradient', () => {
  const [slow, fast] = [Float32Array.of(1), Float32Array.of(1)]
  const optimiser = new AdamW([
    { values: slow, rate: 1, decay: 0 },
    { values: fast, rate: 10, decay: 0 },
  ])
  optimiser.step([Float32Array.of(1e-3), Float32Array.of(-40)], 0.01)
  expect(slow[0]).toBeCloseTo(0.99, 4)
  expect(fast[0]).toBeCloseTo(1.1, 4)
})

test('weight decay takes its share off without a gradient', () => {
  const values = Float32Array.of(2)
  new AdamW([{ values, rate: 1, decay: 0.5 }]).step([Float32Array.of(0)], 0.1)
  expect(values[0]).toBeCloseTo(1.9)
})

test('goes on from its state as if it had not been stopped', () => {
  const [whole, parts] = [Float32Array.of(0, 0), Float32Array.of(0, 0)]
  descend(new AdamW([{ values: whole, rate: 1, decay: 0.1 }]), whole, 60)
  const first = new AdamW([{ values: parts, rate: 1, decay: 0.1 }])
  descend(first, parts, 25)
  const second = new AdamW([{ values: parts, rate: 1, decay: 0.1 }])
  second.restore(structuredClone(first.state))
  descend(second, parts, 35)
  expect(parts).toEqual(whole)
})

test('the learning rate rises, then falls to a hundredth', () => {
  const rates = Array.from({ length: 1000 }, (_, step) => warmUpCosine(step, 1000, 2))
  expect(Math.max(...rates)).toBeCloseTo(2, 1)
  expect(rates.indexOf(Math.max(...rates))).toBe(50)
  expect(rates[0]).toBeLessThan(0.1)
  expect(rates[999]).toBeCloseTo(0.02, 3)
})
