import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedBetween, gainOf } from '../../demo/adapt/chance.ts'
import { count, gainText, verdict } from '../../demo/adapt/outcome.ts'

/** Sounds of a hundred that are right: in the room and in the quiet, before and after; the same ones, as far as can be. */
const outcome = (
  room: readonly [number, number],
  quiet: readonly [number, number] = [100, 100],
  measured = 100,
) => {
  const measure = (right: number) => ({
    accuracy: right / measured,
    loss: 0,
    right: Array.from({ length: measured }, (_, i) => i < right),
  })
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
  [
    [60, 65],
    [100, 100],
    'No more than chance may give: in the room 65 of 100 sounds are right, 60 before. Keep the model as it was.',
  ],
] as const)('the verdict on %j in the room and %j in the quiet', (room, quiet, words) => {
  expect(verdict(outcome(room, quiet))).toBe(words)
})

test('the verdict on few sounds says how few they are', () => {
  expect(verdict(outcome([6, 8], [10, 10], 10))).toBe(
    'No more than chance may give: in the room 8 of 10 sounds are right, 6 before. Keep the model as it was. 10 sounds are few: give more examples to tell a gain from chance.',
  )
})

test('a gain of six changed sounds is beyond chance if all were won, as by McNemar’s exact test', () => {
  expect(gainOf({ won: 5, lost: 0 }).isChance).toBe(true)
  expect(gainOf({ won: 6, lost: 0 }).isChance).toBe(false)
  expect(gainOf({ won: 0, lost: 6 }).isChance).toBe(false)
  expect(gainOf({ won: 7, lost: 1 }).isChance).toBe(true)
  expect(gainOf({ won: 8, lost: 1 }).isChance).toBe(false)
  expect(gainOf({ won: 0, lost: 0 })).toEqual({ gain: 0, from: 0, to: 0, isChance: true })
})

test('its interval is that of Clopper and Pearson', () => {
  // 8 of 10 won: 0.44390 to 0.97479, of their table.
  const { from, to } = gainOf({ won: 8, lost: 2 })
  expect(from).toBeCloseTo(10 * (2 * 0.4439 - 1), 3)
  expect(to).toBeCloseTo(10 * (2 * 0.97479 - 1), 3)
  expect(gainText({ gain: 6, from, to, isChance: true })).toBe('+6 (−1 to +9)')
})

test('it holds the gain and turns around with it, however many sounds changed', () => {
  fc.assert(
    fc.property(fc.nat(120), fc.nat(120), (won, lost) => {
      const { gain, from, to, isChance } = gainOf({ won, lost })
      expect(from).toBeLessThanOrEqual(gain)
      expect(to).toBeGreaterThanOrEqual(gain)
      expect(isChance).toBe(from <= 0 && to >= 0)
      const turned = gainOf({ won: lost, lost: won })
      expect(turned.from).toBeCloseTo(-to, 6)
      expect(turned.isChance).toBe(isChance)
    }),
  )
})

test('what changed is counted sound by sound', () => {
  expect(changedBetween([true, true, false, false, true], [true, false, true, true, false])).toEqual({
    won: 2,
    lost: 2,
  })
})

test('an accuracy is told as a count', () => {
  expect(count(14 / 18, 18)).toBe('14 of 18 (78 %)')
})
