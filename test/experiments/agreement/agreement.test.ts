import { expect, test } from 'vitest'
import { agreementOf, parseOptions } from './agreement.ts'

const teacher = {
  labels: ['dog', 'rain', 'rare'],
  scores: Array.from({ length: 10 }, (_, i) => [i < 5 ? 0.9 : 0.1, i % 2 === 0 ? 0.5 : 0.4, i === 0 ? 1 : 0]),
}

test('whoever ranks clips as the teacher decides agrees wholly, whatever the scores and the order of labels', () => {
  const student = {
    labels: ['rain', 'x', 'dog'],
    scores: teacher.scores.map(([dog, rain]) => [rain / 9, 1, dog / 2]),
  }
  expect(agreementOf(teacher, student)).toEqual({ labels: 2, precision: 1, chance: 0.5 })
})

test('whoever ranks them the other way round hardly agrees; labels that are heard too seldom do not count', () => {
  const student = { labels: ['dog', 'rare'], scores: teacher.scores.map(([dog]) => [1 - dog, 1]) }
  const { labels, precision } = agreementOf(teacher, student)
  expect(labels).toBe(1)
  // Five right ones behind five wrong ones: 1/6, 2/7 … 5/10.
  expect(precision).toBeCloseTo((1 / 6 + 2 / 7 + 3 / 8 + 4 / 9 + 5 / 10) / 5, 12)
})

test('says which option is missing', () => {
  expect(() => parseOptions(['--data', 'x', '--model', 'y'])).toThrow('--teacher is missing')
})
