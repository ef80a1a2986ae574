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
