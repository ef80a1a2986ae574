import { expect, test } from 'vitest'
import { soakStream } from './stream.ts'

/** The short form of `npm run soak`. */
test('four minutes of sound: no drift, no hole, the same bits every minute, no growth', () => {
  const told: number[] = []
  expect(soakStream('leaf', 48000, 4, (minute) => told.push(minute))).toEqual({
    drift: 0,
    holes: 0,
    changed: 0,
    remembered: 0,
    growth: 0,
  })
  expect(told).toEqual([3, 4])
})
