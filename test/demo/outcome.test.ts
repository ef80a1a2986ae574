import { expect, test } from 'vitest'
import { count, verdict } from '../../demo/adapt/outcome.ts'

/** Sounds of a hundred that are right: in the room and in the quiet, before and after. */
const outcome = (
  room: readonly [number, number],
  quiet: readonly [number, number] = [100, 100],
  measured = 100,
) => {
  const measure = (right: number) => ({ accuracy: right / measured, loss: 0 })
  const [before, after] = [0, 1].map((i) => ({ inRoom: measure(room[i]), inQuiet: measure(quiet[i]) }))
  return { before, after, measured }
}

test.each([
  [[60, 80], [100, 100], 'It helped: in the room 80 of 100 sounds are right, 60 before.'],
  [
    [60, 80],
    [100, 90],
    'It helped: in the room 80 of 100 sounds are right, 60 before. In the quiet it gets 10 more of them wrong: use it in this room only.',
  ],
  [
    [60, 60],
    [90, 95],
    'It made no difference: in the room 60 of 100 sounds are right, as before. Keep the model as it was.',
  ],
  [
    [60, 50],
    [100, 99],
    'It did not help: in the room 50 of 100 sounds are right, 60 before. In the quiet it gets 1 more of them wrong. Keep the model as it was.',
  ],
  [
    [100, 100],
    [100, 100],
    'There was nothing to win: in this room all 100 sounds were right before. Keep the model as it was.',
  ],
] as const)('the verdict on %j in the room and %j in the quiet', (room, quiet, words) => {
  expect(verdict(outcome(room, quiet))).toBe(words)
})

test('the verdict on few sounds says how few they are', () => {
  expect(verdict(outcome([6, 8], [10, 10], 10))).toBe(
    'It helped: in the room 8 of 10 sounds are right, 6 before. 10 sounds are few: one more or less may be chance.',
  )
})

test('an accuracy is told as a count', () => {
  expect(count(14 / 18, 18)).toBe('14 of 18 (78 %)')
})
