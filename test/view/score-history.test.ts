import { expect, it } from 'vitest'
import { ScoreHistory } from '../../src/view/score-history.ts'

it('visits the scores of one label within a stretch of time, oldest first, and forgets the oldest', () => {
  const history = new ScoreHistory(2)
  for (let i = 0; i < 3000; i++) history.add(i, [i / 4096, 1 - i / 4096])
  const seen: [number, number][] = []
  history.each(1, 2997.5, 2999, (time, value) => seen.push([time, value]))
  expect(seen).toEqual([
    [2998, 1 - 2998 / 4096],
    [2999, 1 - 2999 / 4096],
  ])
  let count = 0
  history.each(0, 0, 3000, () => count++)
  expect(count).toBe(1024)
})
