import { expect, test } from 'vitest'
import {
  filterbanks,
  geometryOf,
  preset,
  smoothImpulse,
  type TapFamily,
  type TapFilterbank,
} from '../../src/frontend/index.ts'
import { tapNames } from './filtered.ts'

test.each(tapNames)(
  'the smooth impulse responses of %s pass through the taps, within their envelopes',
  (name) => {
    const frontend = preset(name)
    const { kind } = frontend.filterbank as TapFilterbank
    const family: TapFamily<TapFilterbank> = filterbanks[kind]
    const taps = family.impulseResponses(frontend.filterbank as TapFilterbank, geometryOf(frontend))
    for (const channel of [2, 20, 39]) {
      const { times, real, imaginary, envelope } = smoothImpulse(frontend, channel)!
      const most = Math.max(...taps.real[channel].map(Math.abs))
      taps.real[channel].forEach((tap, j) => {
        expect(times[8 * j]).toBeCloseTo((j - 200) / 16, 12)
        expect(Math.abs(real[8 * j] - tap)).toBeLessThan(1e-12 * most)
        if (imaginary)
          expect(Math.abs(imaginary[8 * j] - taps.imaginary[channel][j])).toBeLessThan(1e-12 * most)
      })
      expect(times.length).toBe(8 * 400 + 1)
      expect(imaginary === undefined).toBe(!family.complex)
      envelope.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(Math.abs(real[i])))
    }
  },
)

test('the envelope of a real filter is as smooth as that of a complex one', () => {
  const { times, envelope } = smoothImpulse(preset('sincnet'), 20)!
  const middle = times.indexOf(0)
  for (let i = middle; i < middle + 60; i++) expect(envelope[i + 1]).toBeLessThan(envelope[i] * 1.0001)
})

test('mel filters have none', () => {
  expect(smoothImpulse(preset('mel-log'), 3)).toBeNull()
})
