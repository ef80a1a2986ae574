import { expect, test } from 'vitest'
import { makeBatch } from '../../../../src/learning/examples/batch-maker.ts'
import { tone } from '../../../learning/tone-folder.ts'
import { taskClip } from './fixtures/task-clip.ts'
import { MixedExamples } from './mixed-examples.ts'
import { TaskExamples } from './task-examples.ts'

/** Labels of three tasks, side by side. */
const SIZES = [2, 3, 1]
const FIRST = [0, 2, 5]
const OPTIONS = {
  sampleRate: 16000,
  samples: 16000,
  firstFrame: 2,
  labels: 6,
  gainDb: 6,
  narrowChance: 0,
  floorDb: [-80, -60] as const,
}
const sourceOf = (task: number) => {
  const clips = Array.from({ length: SIZES[task] }, (_, i) => taskClip(i, tone(500, 9000, 10 * task + i)))
  return new TaskExamples(clips, { ...OPTIONS, seed: task, firstLabel: FIRST[task] })
}
const mixed = new MixedExamples([0, 1, 2].map(sourceOf))

test('every batch holds the tasks in equal shares, and each label in its own place', () => {
  for (const index of [0, 1, 7]) {
    const { examples } = makeBatch(mixed, index, 12)
    const labels = examples.map(({ target }) => target.indexOf(1))
    expect(examples.every(({ target }) => target.length === 6)).toBe(true)
    expect(examples.every(({ target }) => target.reduce((sum, value) => sum + value, 0) === 1)).toBe(true)
    const shares = FIRST.map((first, task) =>
      labels.filter((label) => label >= first && label < first + SIZES[task]),
    )
    expect(shares.map(({ length }) => length)).toEqual([4, 4, 4])
  }
})

test('the examples of a task are those that it would have alone, none left out', () => {
  const alone = sourceOf(1)
  for (const i of [0, 1, 2, 9]) expect(mixed.make(3 * i + 1)).toEqual(alone.make(i))
})

test('where tasks do not go into a batch evenly, the batches together hold them evenly', () => {
  const counts = [0, 0, 0]
  for (let index = 0; index < 3; index++) {
    for (const { target } of makeBatch(mixed, index, 8).examples) {
      counts[FIRST.findLastIndex((first) => target.indexOf(1) >= first)]++
    }
  }
  expect(counts).toEqual([8, 8, 8])
})
