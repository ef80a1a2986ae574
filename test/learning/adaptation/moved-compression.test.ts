import { expect, test } from 'vitest'
import { MovedCompression, pcenOf } from '../../../src/learning/adaptation/moved-compression.ts'
import { FRONTEND, SIZES } from './noisy-tones.ts'

const START = pcenOf(FRONTEND)
const each = (value: number) => new Array<number>(SIZES.channels).fill(value)

test('without an offset it is the start, to the bit', () => {
  const moved = new MovedCompression(FRONTEND, START)
  moved.update(0.9)
  expect(moved.current).toEqual(START)
})

test('moves by natural steps: 1 of alpha, shares of the others', () => {
  const moved = new MovedCompression(FRONTEND, START)
  for (const offsets of moved.offsets) offsets.fill(-0.25)
  moved.update(0.9)
  expect(moved.current.alpha[3]).toBeCloseTo(0.96 - 0.25, 12)
  expect(moved.current.delta[3]).toBe(1.5)
  expect(moved.current.root[3]).toBe(1.5)
  expect(moved.current.smooth[3]).toBeCloseTo(0.03, 12)
  const ones = moved.offsets.map(({ length }) => new Float64Array(length).fill(1))
  expect(moved.offsetGradients(ones).map((values) => [...values])).toEqual([
    each(1),
    each(2),
    each(2),
    each(0.04),
  ])
})

test('takes offsets back to the bounds and to the furthest there is', () => {
  const moved = new MovedCompression(FRONTEND, START)
  moved.offsets[0].fill(0.5)
  moved.offsets[1].fill(Number.NEGATIVE_INFINITY)
  moved.offsets[2].fill(-7)
  moved.offsets[3].fill(7)
  moved.update(0.8)
  const [alpha, delta, root, smooth] = moved.offsets.map((offsets) => offsets[0])
  expect(alpha).toBeCloseTo(1 - 0.96, 12)
  expect(delta).toBeCloseTo(-0.8, 12)
  expect(root).toBe(-0.5)
  expect(smooth).toBeCloseTo(0.8, 12)
  expect(moved.current).toEqual({
    ...START,
    ...{ alpha: each(1), root: each(1), delta: moved.current.delta, smooth: moved.current.smooth },
  })
})
