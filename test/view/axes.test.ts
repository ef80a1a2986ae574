import { expect, it } from 'vitest'
import { channelFrequencies, preset } from '../../src/frontend/index.ts'
import { frequencyTicks, rowOf, timeTicks } from '../../src/view/axes.ts'

it('finds the row of a frequency between two channels, and none outside', () => {
  expect(rowOf([100, 200, 400], 300)).toBe(1.5)
  expect(rowOf([100, 200, 400], 100)).toBe(0)
  expect(rowOf([100, 200, 400], 99)).toBeNull()
  expect(rowOf([100, 100, 400], 100)).toBe(0)
})

it('puts round frequencies where LEAF has its channels, no closer than asked', () => {
  const frequencies = channelFrequencies(preset('leaf'))
  const ticks = frequencyTicks(frequencies, 4)
  expect(ticks.map(({ value }) => value)).toContain(1000)
  for (const { position, value } of ticks) {
    expect(frequencies[Math.floor(position)]).toBeLessThanOrEqual(value)
    expect(frequencies[Math.ceil(position)]).toBeGreaterThanOrEqual(value)
  }
  const gaps = ticks.slice(1).map(({ position }, i) => position - ticks[i].position)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4)
})

it('marks whole steps of time', () => {
  expect(timeTicks(1.2, 6, 2)).toEqual([2, 4, 6])
  expect(timeTicks(0, 1, 5)).toEqual([0])
})
