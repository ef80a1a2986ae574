import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenMarks, roundDown, roundUp } from '../../src/view/filters/frame.ts'
import { FrequencyScale, isScale, type ScaleName } from '../../src/view/filters/scale.ts'
import { trace } from '../../src/view/filters/trace.ts'

const scales = ['linear', 'mel', 'log'] as const satisfies ScaleName[]

test.each(scales)('the %s axis rises from one end to the other, and leads back', (name) => {
  const scale = new FrequencyScale(name, 16000)
  expect(scale.share(scale.lowest)).toBeCloseTo(0, 12)
  expect(scale.share(8000)).toBeCloseTo(1, 12)
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      expect(scale.share(scale.frequency(share))).toBeCloseTo(share, 9)
    }),
  )
  expect(scale.share(0)).toBeCloseTo(0, 12)
})

test.each(scales)('marks of the %s axis are round, within it and apart', (name) => {
  for (const gap of [0.02, 0.1, 0.3]) {
    const scale = new FrequencyScale(name, 44100)
    const ticks = scale.ticks(gap)
    expect(ticks.length).toBeGreaterThan(1)
    for (const tick of ticks) expect(tick % 10 === 0 && tick >= scale.lowest && tick <= 22050).toBe(true)
    ticks.slice(1).forEach((tick, i) => {
      expect(scale.share(tick) - scale.share(ticks[i])).toBeGreaterThanOrEqual(gap)
    })
  }
})

test('an attribute names a scale or not', () => {
  expect([...scales, 'toString', '', null].map(isScale)).toEqual([true, true, true, false, false, false])
})

test('round numbers around any other', () => {
  expect([0.011, 0.02, 3, 12.5, 999].map(roundUp)).toEqual([0.02, 0.02, 5, 20, 1000])
  expect([0.011, 0.02, 3, 12.5, 999].map(roundDown)).toEqual([0.01, 0.02, 2, 10, 500])
  expect(evenMarks(-0.3, 0.3, 0.1, (value) => 10 * value).map(({ label }) => label)).toEqual([
    '−0.3', '−0.2', '−0.1', '0', '0.1', '0.2', '0.3',
  ]); // biome-ignore format: one axis
})

test('a curve keeps its peaks and its ends, and no more points than can be seen', () => {
  const values = Float64Array.from({ length: 5000 }, (_, i) => (i === 2503 ? 0 : 40 + (i % 2)))
  const points = trace({ count: 5000, x: (i) => i / 50, y: (i) => values[i], bottom: 100 })
  expect(points.length).toBeLessThan(2 * 100)
  expect(Math.min(...points.filter((_, i) => i % 2 === 1))).toBe(0)
})

test('a curve below the bottom is two points', () => {
  const y = (i: number) => (i > 10 && i < 90 ? 500 : 10)
  const points = trace({ count: 100, x: (i) => 2 * i, y, bottom: 100 })
  const below = points.flatMap((value, i) => (i % 2 === 1 && value === 100 ? [points[i - 1]] : []))
  expect(below).toEqual([22, 178])
})
