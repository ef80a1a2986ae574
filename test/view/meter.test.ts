import { expect, it } from 'vitest'
import { metricsSchema } from '../../src/metrics.ts'
import { valueText } from '../../src/view/meter.ts'

it('shows values in the unit people read', () => {
  expect(valueText(12345, metricsSchema.frames)).toBe('12,345')
  expect(valueText(0.034, metricsSchema.load)).toBe('3.4 %')
  expect(valueText(-0.012, metricsSchema.clockDrift)).toBe('-12 ms')
  expect(valueText(2.94, metricsSchema.inferenceTime)).toBe('2.9 ms')
  expect(valueText(-23.4, metricsSchema.level)).toBe('-23 dB')
  expect(valueText(-120, metricsSchema.peak)).toBe('silence')
  expect(valueText('wasm', metricsSchema.backend)).toBe('wasm')
})

it('tells apart what a browser does not tell and what is not known yet', () => {
  expect(valueText(null, metricsSchema.underruns)).toBe('not told')
  expect(valueText(undefined, metricsSchema.underruns)).toBe('–')
})
