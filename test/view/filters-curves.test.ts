import { expect, test } from 'vitest'
import { frequencyResponses, preset, startOf } from '../../src/frontend/index.ts'
import { filterCurves, movedChannels } from '../../src/view/filters/curves.ts'
import { factsOf, fullHertz, spoken } from '../../src/view/filters/words.ts'
import { filteredNames } from '../frontend/filtered.ts'
import { learnedOf } from './learned.ts'

test.each(filteredNames)('%s: every channel has a centre, a bandwidth and a length of pooling', (name) => {
  const frontend = preset(name)
  const curves = filterCurves(frontend, null)
  expect(curves.rising).toEqual([...Array(frontend.channels).keys()])
  expect(curves.bandwidths.length).toBe(frontend.channels)
  for (const bandwidth of curves.bandwidths) expect(bandwidth > 20 && bandwidth < 2000).toBe(true)
  for (const milliseconds of curves.poolingMs) expect(milliseconds > 5 && milliseconds <= 25).toBe(true)
  for (const row of curves.decibels) expect(row.every(Number.isFinite)).toBe(true)
})

test('the band of a Gabor filter is as wide at -3 dB as its equation says', () => {
  const frontend = preset('leaf')
  const { bandwidths } = filterCurves(frontend, null)
  if (frontend.filterbank.kind !== 'gabor') throw new Error('the leaf preset has Gabor filters')
  for (const channel of [20, 30, 39]) {
    const width = (16000 * Math.sqrt(Math.LN2)) / (Math.PI * frontend.filterbank.sigma[channel])
    expect(Math.abs(bandwidths[channel] / width - 1)).toBeLessThan(0.01)
  }
})

test('channels by rising centre, however they have been learned', () => {
  const { rising, centers } = filterCurves(learnedOf('leaf', 2), null)
  expect(rising).not.toEqual([...Array(40).keys()])
  rising.slice(1).forEach((channel, i) => expect(centers[channel]).toBeGreaterThanOrEqual(centers[rising[i]]))
})

test.each(['leaf', 'time-domain', 'sincnet', 'gammatone'] as const)(
  '%s: only filters whose numbers moved are computed anew, and come out the same',
  (name) => {
    const before = preset(name)
    const all = learnedOf(name, 0.3)
    const row = (values: readonly unknown[], moved: readonly unknown[]) => values.with(7, moved[7])
    const after = {
      ...before,
      filterbank: Object.fromEntries(
        Object.entries(before.filterbank).map(([key, value]) => [
          key,
          Array.isArray(value) ? row(value, all.filterbank[key as 'kind'] as unknown as unknown[]) : value,
        ]),
      ) as typeof before.filterbank,
    }
    expect(movedChannels(after, before)).toEqual([7])
    expect(movedChannels(structuredClone(before), before)).toEqual([])
    const first = filterCurves(before, null)
    const second = filterCurves(after, first)
    expect(second.decibels[6]).toBe(first.decibels[6])
    expect(second.decibels[7]).not.toEqual(first.decibels[7])
    expect(second).toEqual(filterCurves(after, null))
  },
)

test('another family, rate or number of channels starts anew', () => {
  const before = preset('leaf')
  const everyOne = [...Array(40).keys()]
  expect(movedChannels(preset('mel-log'), before)).toEqual(everyOne)
  expect(movedChannels(preset('leaf', { sampleRate: 8000 }), before)).toEqual(everyOne)
  expect(movedChannels(preset('leaf', { channels: 3 }), before)).toEqual([0, 1, 2])
  const lower = preset('mel-log')
  if (lower.filterbank.kind !== 'mel') throw new Error('the mel preset has mel filters')
  const { filterbank } = lower
  expect(movedChannels({ ...lower, filterbank: { ...filterbank, fMin: 20 } }, lower)).toEqual(everyOne)
  expect(filterCurves(lower, filterCurves(before, null)).frequencies).toEqual(
    frequencyResponses(lower).frequencies,
  )
})

test('a filter in words', () => {
  const curves = filterCurves(preset('leaf'), null)
  expect(fullHertz(1240.4)).toBe('1\u202f240\u00a0Hz')
  expect(fullHertz(180)).toBe('180\u00a0Hz')
  const said = spoken(curves, 11).replace(/[\u202f\u00a0]/g, ' ')
  expect(said).toBe('filter 12, 844 Hz, 111 Hz wide, pooled over 11.8 ms')
  expect(spoken(curves, -1)).toBe('no filter chosen')
  expect(factsOf(curves, 0).name).toBe('Filter 1')
})

test('the same filters under another compression are drawn as they are, with that compression', () => {
  const before = filterCurves(startOf('leaf-mixed'), null)
  const frontend = preset('leaf')
  const curves = filterCurves(frontend, before)
  expect(curves).toEqual(filterCurves(frontend, null))
  expect(curves.frontend).toBe(frontend)
  expect(curves.decibels).toBe(before.decibels)
})
