import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filterResponse, filterSpectrum, strongestAbove } from '../../src/sampling/index.ts'
import { bands, filterOf, SIZE, TAPS } from './bands.ts'

test('the covariance is that of the taps', () => {
  fc.assert(
    fc.property(bands, fc.nat({ max: SIZE / 2 }), (band, lag) => {
      const filter = filterOf(band)
      const { real, imaginary } = filter
      const { covariance, meanEnergy } = filterResponse(filter, filterSpectrum(filter, SIZE), 0)
      // Of white noise x: y(t) y*(t+lag) and y(t) y(t+lag) in the mean.
      const own = [0, 0]
      const crossed = [0, 0]
      for (let j = 0; j + lag < TAPS; j++) {
        const [a, b, c, d] = [real[j], imaginary[j], real[j + lag], imaginary[j + lag]]
        own[0] += a * c + b * d
        own[1] += b * c - a * d
        crossed[0] += a * c - b * d
        crossed[1] += a * d + b * c
      }
      const expected = own[0] ** 2 + own[1] ** 2 + crossed[0] ** 2 + crossed[1] ** 2
      expect(Math.abs(covariance[lag] - expected)).toBeLessThan(1e-11 * meanEnergy ** 2)
      if (lag === 0) expect(meanEnergy).toBeCloseTo(own[0], 9)
    }),
  )
})

test('bins kept are those around the peak outside of which nothing reaches the threshold', () => {
  fc.assert(
    fc.property(bands, fc.double({ min: 1e-4, max: 0.3, noNaN: true }), (band, share) => {
      const filter = filterOf(band)
      const spectrum = strongestAbove(filterSpectrum(filter, SIZE))
      const magnitude = spectrum.re.map((re, b) => Math.hypot(re, spectrum.im[b]))
      const threshold = share * Math.max(...magnitude)
      const { firstBin, re } = filterResponse(filter, spectrum, threshold)
      const kept = new Set(Array.from(re, (_, i) => (firstBin + i + SIZE) % SIZE))
      // The bin opposite the peak is kept with all the others only.
      const opposite = (magnitude.indexOf(Math.max(...magnitude)) + SIZE / 2) % SIZE
      const dropped = magnitude.filter((_, b) => !kept.has(b) && b !== opposite)
      expect(Math.max(0, ...dropped)).toBeLessThanOrEqual(threshold + 1e-14)
      if (kept.size < SIZE && kept.size > 1) {
        const ends = [firstBin, firstBin + re.length - 1].map((b) => magnitude[(b + SIZE) % SIZE])
        for (const end of ends) expect(end).toBeGreaterThan(threshold - 1e-14)
      }
      const above = magnitude.subarray(0, SIZE / 2 + 1)
      expect(Math.max(...above)).toBeGreaterThan((1 - 1e-12) * Math.max(...magnitude))
    }),
  )
})

test('an output depends on the samples of its reach', () => {
  fc.assert(
    fc.property(bands, (band) => {
      const filter = filterOf(band)
      const { reach } = filterResponse(filter, filterSpectrum(filter, SIZE), 0)
      const amplitude = filter.real.map((tap, j) => Math.abs(tap) + Math.abs(filter.imaginary[j]))
      const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)
      expect(sum(amplitude.subarray(filter.left + reach + 1))).toBeLessThanOrEqual(1e-9 * sum(amplitude))
    }),
  )
})
