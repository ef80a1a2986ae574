import { expect, test } from 'vitest'
import { periodsOfPatience } from '../../src/classifier/heartbeat.ts'

test('a worker may be silent for three periods of 2 s, and for four inferences where those take longer', () => {
  expect([0, 5, 1500].map(periodsOfPatience)).toEqual([3, 3, 3])
  expect([2000, 10_000].map(periodsOfPatience)).toEqual([4, 20])
})
