import { expect, test } from 'vitest'
import { Random } from '../../../../src/learning/random/index.ts'
import { type PairedAnswers, pairedDifference } from './bootstrap.ts'

const each = (count: number, of: (i: number) => boolean) => Array.from({ length: count }, (_, i) => of(i))
const ones = (count: number) => new Array<number>(count).fill(1)
const of = (...tasks: PairedAnswers[]) => pairedDifference(tasks, { random: new Random(1) })
/** Every clip a group of its own: one is right on `better` clips where the other is not, on `worse` the other way. */
const apart = (clips: number, better: number, worse: number): PairedAnswers => ({
  groups: ones(clips),
  seeds: [
    {
      one: each(clips, (i) => i < better),
      other: each(clips, (i) => i >= better && i < better + worse),
    },
  ],
})

test('what both answer alike leaves no difference and no doubt', () => {
  const answers = each(60, (i) => i % 7 < 3)
  expect(of({ groups: [10, 20, 30], seeds: [{ one: answers, other: answers }] })).toEqual({
    ...{ mean: 0, low: 0, high: 0 },
  })
})

test('right against wrong everywhere is 1, without doubt', () => {
  expect(of(apart(50, 50, 0))).toEqual({ mean: 1, low: 1, high: 1 })
})

test('independent clips have the interval of the normal approximation', () => {
  // 400 clips, d = 1 on 120, -1 on 60, else 0: mean 0.15, variance (180 / 400 - 0.15²) / 400.
  const { mean, low, high } = of(apart(400, 120, 60))
  const half = 1.96 * Math.sqrt((0.45 - 0.15 ** 2) / 400)
  expect(mean).toBeCloseTo(0.15, 12)
  expect(Math.abs(low - (0.15 - half))).toBeLessThan(0.08 * half)
  expect(Math.abs(high - (0.15 + half))).toBeLessThan(0.08 * half)
})

test('clips of a group count as one: a hundred groups of nine are as wide as a hundred clips', () => {
  const single = apart(100, 40, 20)
  const ninefold = (answers: readonly boolean[]) =>
    answers.flatMap((answer) => new Array<boolean>(9).fill(answer))
  const [{ one, other }] = single.seeds
  const grouped = { groups: ones(100).map(() => 9), seeds: [{ one: ninefold(one), other: ninefold(other) }] }
  const [narrow, wide] = [of(single), of(grouped)]
  for (const end of ['mean', 'low', 'high'] as const) expect(wide[end]).toBeCloseTo(narrow[end], 12)
})

test('seeds are drawn too: of two that say the opposite the interval holds both', () => {
  const [all, none] = [each(30, () => true), each(30, () => false)]
  const seeds = [
    { one: all, other: none },
    { one: none, other: all },
  ]
  // 1, 0 and -1 in a quarter, a half and a quarter of the replicates.
  expect(of({ groups: ones(30), seeds })).toEqual({ mean: 0, low: -1, high: 1 })
})

test('the mean of tasks counts every task alike, and four are half as wide as one', () => {
  expect(of(apart(10, 10, 0), apart(100, 0, 100)).mean).toBe(0)
  const task = apart(300, 90, 60)
  const width = ({ low, high }: { low: number; high: number }) => high - low
  expect(Math.abs((2 * width(of(task, task, task, task))) / width(of(task)) - 1)).toBeLessThan(0.06)
})

test('a seed that trained all tasks at once is drawn for all at once', () => {
  const [all, none] = [each(9, () => true), each(9, () => false)]
  const [ahead, behind] = [
    { one: all, other: none },
    { one: none, other: all },
  ]
  const tasks = [
    { groups: ones(9), seeds: [ahead, behind] },
    { groups: ones(9), seeds: [behind, ahead] },
  ]
  expect(pairedDifference(tasks, { random: new Random(1), together: true })).toEqual({
    mean: 0,
    low: 0,
    high: 0,
  })
  expect(of(...tasks)).toEqual({ mean: 0, low: -1, high: 1 })
})

test('holds the true difference about 95 times in 100', () => {
  const random = new Random(7)
  let held = 0
  for (let trial = 0; trial < 100; trial++) {
    const clips = 80
    const hard = Array.from({ length: clips }, () => random.next())
    // Right with 0.6 and 0.5, on the same easy and hard clips.
    const answers = () => hard.map((ease) => random.chance(ease))
    const seeds = [{ one: answers(), other: answers() }]
    const { low, high } = pairedDifference([{ groups: ones(clips), seeds }], { random, replicates: 300 })
    if (low <= 0 && high >= 0) held++
  }
  expect(held).toBeGreaterThan(89)
})
