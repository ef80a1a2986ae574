import { expect, test } from 'vitest'
import {
  accuracy,
  averagePrecisions,
  bestThresholds,
  calibrationError,
  confusion,
  detections,
  mean,
  recalls,
  reliability,
} from '../../../src/learning/evaluation/measures.ts'

const SCORES = [
  [0.9, 0.1],
  [0.4, 0.6],
  [0.7, 0.8],
  [0.2, 0.3],
]
const TARGETS = [
  [1, 0],
  [1, 0],
  [1, 1],
  [0, 1],
]

test('accuracy and recall look at items with one label', () => {
  const counts = confusion(SCORES, TARGETS)
  expect(counts).toEqual([
    [1, 1],
    [0, 1],
  ])
  expect(accuracy(counts)).toBeCloseTo(2 / 3)
  expect(recalls(counts)).toEqual([0.5, 1])
})

test('average precision is the mean of the precisions where an item is found', () => {
  const [first, second] = averagePrecisions(SCORES, TARGETS)
  expect(first).toBeCloseTo(1)
  // Order 2, 1, 3, 0: found at ranks 1 and 3.
  expect(second).toBeCloseTo((1 + 2 / 3) / 2)
})

test('a label without items counts in no mean', () => {
  const precisions = averagePrecisions([[0.5, 0.5]], [[1, 0]])
  expect(precisions[1]).toBeNaN()
  expect(mean(precisions)).toBe(1)
})

test('detections at thresholds', () => {
  const [first, second] = detections(SCORES, TARGETS, [0.5, 0.7])
  expect(first).toEqual({ precision: 1, recall: 2 / 3, f1: 0.8 })
  expect(second).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3 })
})

test('the threshold is where F1 is highest; a label with too few items takes the median of the others', () => {
  expect(bestThresholds(SCORES, TARGETS, 1)[0]).toBeGreaterThan(0.2)
  expect(bestThresholds(SCORES, TARGETS, 1)[0]).toBeLessThanOrEqual(0.4)
  const [known, other] = bestThresholds(SCORES, TARGETS, 3)
  expect(other).toBe(known)
})

test('the reliability curve: of the scores of each tenth their mean and the share that is right', () => {
  const bins = reliability(
    [
      [0.81, 0.1],
      [0.89, 1],
      [0.05, 0.85],
    ],
    [
      [1, 0],
      [1, 0],
      [0, 0],
    ],
  )
  expect(bins.map(({ count }) => count)).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 3, 1])
  expect(bins[8].score).toBeCloseTo((0.81 + 0.89 + 0.85) / 3)
  expect(bins[8].right).toBeCloseTo(2 / 3)
  expect(bins[9]).toMatchObject({ from: 0.9, to: 1, score: 1, right: 0 })
  expect(bins[2].right).toBeNaN()
  expect(calibrationError(bins)).toBeCloseTo((0.05 + 0.1 + 3 * (0.85 - 2 / 3) + 1) / 6)
  expect(calibrationError([])).toBeNaN()
})

test('the reliability curve leaves out what nobody knows', () => {
  const [first] = reliability([[0.04, 0.06, 0.05]], [[0, 1, Number.NaN]])
  expect(first.count).toBe(2)
  expect(first.right).toBe(0.5)
})
