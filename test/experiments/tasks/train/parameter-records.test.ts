import { expect, test } from 'vitest'
import { channelFrequencies, preset } from '../../../../src/frontend/index.ts'
import { LearnableFrontend } from '../../../../src/gradient/index.ts'
import { parameterRecords, parameterValues } from './parameter-records.ts'

test('filters and windows of free taps are told by where they lie and how wide they are', () => {
  const frontend = new LearnableFrontend(preset('time-domain'), 16000)
  const values = parameterValues(frontend)
  expect(values.map(({ part, name, values: { length } }) => [part, name, length])).toEqual([
    ['filterbank', 'centerHz', 40],
    ['filterbank', 'bandwidthHz', 40],
    ['pooling', 'centerSamples', 1],
    ['pooling', 'deviationSamples', 1],
  ])
  // At the start the filters are those of LEAF.
  const leaf = channelFrequencies(preset('leaf'))
  values[0].values.slice(5, 38).forEach((center, i) => {
    expect(Math.abs(center / leaf[i + 5] - 1)).toBeLessThan(0.05)
  })
  expect(values[2].values[0]).toBeGreaterThan(199)
  expect(values[2].values[0]).toBeLessThan(202)
})

test('short filters too, and their windows by their widths', () => {
  const frontend = new LearnableFrontend(preset('short-filters'), 16000)
  const values = parameterValues(frontend)
  expect(values.map(({ part, name, values: { length } }) => [part, name, length])).toEqual([
    ['filterbank', 'centerHz', 40],
    ['filterbank', 'bandwidthHz', 40],
    ['pooling', 'width', 40],
  ])
  // A lone tap passes all frequencies alike: their mean is a quarter of the sample rate.
  frontend.parameters[0].values.forEach((_, i, taps) => (taps[i] = i % 33 === 7 ? 1 : 0))
  frontend.update()
  for (const center of parameterValues(frontend)[0].values) expect(center).toBeCloseTo(4000, 6)
})

test('filters of free weights too', () => {
  const frontend = new LearnableFrontend(preset('mel-learned'), 16000)
  const values = parameterValues(frontend)
  expect(values.map(({ name, values: { length } }) => [name, length])).toEqual([
    ['centerHz', 40],
    ['bandwidthHz', 40],
  ])
  // A triangle's mean is its middle; its standard deviation a √24th of its base, hardly moved by what lies beside it.
  const [centers, widths] = values.map((parameter) => parameter.values)
  const truth = channelFrequencies(preset('mel-learned'))
  centers.forEach((center, n) => expect(center).toBeCloseTo(truth[n], 6))
  for (let n = 20; n < 39; n++) {
    const base = truth[n + 1] - truth[n - 1]
    expect(Math.abs(widths[n] / ((2 * base) / Math.sqrt(24)) - 1)).toBeLessThan(0.05)
  }
})

test('the others as they are, before and after, to six digits', () => {
  const frontend = new LearnableFrontend(preset('mel-pcen'), 16000)
  const initial = parameterValues(frontend)
  frontend.parameters[1].values[3] = 1.23456789
  frontend.update()
  const [alpha, delta] = parameterRecords(initial, parameterValues(frontend))
  expect(alpha.learned).toEqual(alpha.initial)
  expect(delta.initial[3]).toBe(2)
  expect(delta.learned[3]).toBe(1.23457)
})
