import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fourier, isSmooth, radicesOf } from '../../src/frontend/index.ts'
import { noise } from '../browser/signal.ts'

const smooth = Array.from({ length: 128 }, (_, n) => n).filter(isSmooth)

test('a transform of any smooth number of points is what its sum says, and its inverse leads back', () => {
  fc.assert(
    fc.property(fc.constantFrom(...smooth), fc.integer({ min: 1, max: 1000 }), (points, seed) => {
      const real = Float64Array.from(noise(seed, points))
      const imaginary = Float64Array.from(noise(seed + 1, points))
      const [re, im] = [real.slice(), imaginary.slice()]
      const fourier = new Fourier(points)
      fourier.transform(re, im)
      const k = seed % points
      let [sumRe, sumIm] = [0, 0]
      for (let n = 0; n < points; n++) {
        const angle = (-2 * Math.PI * k * n) / points
        sumRe += real[n] * Math.cos(angle) - imaginary[n] * Math.sin(angle)
        sumIm += real[n] * Math.sin(angle) + imaginary[n] * Math.cos(angle)
      }
      expect(re[k]).toBeCloseTo(sumRe, 11)
      expect(im[k]).toBeCloseTo(sumIm, 11)
      fourier.inverse(re, im)
      for (let n = 0; n < points; n++) {
        expect(re[n]).toBeCloseTo(real[n], 12)
        expect(im[n]).toBeCloseTo(imaginary[n], 12)
      }
    }),
  )
})

test('other numbers of points are refused', () => {
  for (const points of [0, -4, 7, 22, 401, 2.5, Number.NaN]) {
    expect(() => new Fourier(points)).toThrow(`A transform of ${points} points`)
  }
})

test('the radices of a number multiply to it', () => {
  for (const points of smooth) {
    expect(radicesOf(points).reduce((product, radix) => product * radix, 1)).toBe(points)
  }
})
