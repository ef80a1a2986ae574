import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Random, streams } from '../../../src/learning/random/index.ts'

/** Never drawn from in one run: adapting has no examples, and `levels` and the check of a backend have no seed. */
const APART = ['adaptationWindows', 'levelsFloor', 'gradientCheck']
const used = Object.entries(streams)
  .filter(([name]) => !APART.includes(name))
  .map(([name, stream]) => ({ name, stream: stream as (...numbers: number[]) => Random }))

const firstOf = (random: Random) => `${random.next()} ${random.next()}`

test('no two streams draw the same numbers, whatever the seed and index', () => {
  const count = fc.integer({ min: 0, max: 100_000 })
  fc.assert(
    fc.property(count, count, count, (...numbers) => {
      const firsts = used.map(({ stream }) => firstOf(stream(...numbers.slice(0, stream.length))))
      expect(new Set(firsts).size).toBe(used.length)
    }),
  )
})

test('a stream depends on every number that it is given', () => {
  for (const [name, stream] of Object.entries(streams)) {
    const of = stream as (...numbers: number[]) => Random
    const numbers = [3, 5, 7].slice(0, stream.length)
    expect(firstOf(of(...numbers)), name).toBe(firstOf(of(...numbers)))
    for (const i of numbers.keys()) {
      expect(firstOf(of(...numbers.with(i, 4))), name).not.toBe(firstOf(of(...numbers)))
    }
  }
})
