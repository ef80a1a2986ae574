import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterbanks, type Geometry } from '../../src/frontend/index.ts'
import golden from '../golden/analytic-sinc.json' with { type: 'json' }

const { 'analytic-sinc': analyticSinc } = filterbanks

const sizes = (windowLength: number, sampleRate: number, channels = 1): Geometry => ({
  ...{ sampleRate, windowLength, channels, hop: 160, poolingLeft: 120, partialFrames: true },
})

/** Σ g(t) exp(-iωt) at a frequency in Hz. */
function response(real: Float64Array, imaginary: Float64Array, frequency: number, sampleRate: number) {
  let re = 0
  let im = 0
  real.forEach((tap, j) => {
    const angle = (2 * Math.PI * frequency * (j - (real.length >> 1))) / sampleRate
    re += tap * Math.cos(angle) + imaginary[j] * Math.sin(angle)
    im += imaginary[j] * Math.cos(angle) - tap * Math.sin(angle)
  })
  return { re, im, gain: Math.hypot(re, im) }
}

describe('held against asteroid-filterbanks, whose middle tap is 1 where ours is the width over the sample rate', () => {
  const { sampleRate, low, band, taps: windowLength } = golden
  const geometry = sizes(windowLength, sampleRate, low.length)
  const filterbank = { kind: 'analytic-sinc', low, band } as const
  const widths = analyticSinc.bandwidths(filterbank, geometry)
  const scale = Array.from(widths, (width) => width / sampleRate)

  // The library's window is float32.
  test('taps to 1e-7', () => {
    const { real, imaginary } = analyticSinc.impulseResponses(filterbank, geometry)
    for (const [own, theirs] of [
      [real, golden.real],
      [imaginary, golden.imaginary],
    ] as const) {
      own.forEach((row, n) => {
        row.forEach((tap, j) => expect(Math.abs(tap / scale[n] - theirs[n][j])).toBeLessThan(1e-7))
      })
    }
  })

  test('gradients of a weighted sum of taps to 1e-6 of the largest', () => {
    // With ours = scale · theirs, a loss of theirs has ∂L/∂ours = weight / scale, and the scale itself moves with the width.
    const weight = (row: number, j: number) => Math.cos(0.37 * j + 0.11 * row * row)
    const weights = (first: number) =>
      scale.map((factor, n) =>
        Float64Array.from({ length: windowLength }, (_, j) => weight(first + n, j) / factor),
      )
    const own = analyticSinc.gradient(
      filterbank,
      { real: weights(0), imaginary: weights(low.length) },
      geometry,
    )
    const byScale = widths.map(
      (width, n) =>
        -golden.real[n].reduce(
          (sum, tap, j) => sum + weight(n, j) * tap + weight(low.length + n, j) * golden.imaginary[n][j],
          0,
        ) / width,
    )
    // The last band ends at half the sample rate: its width moves with its lower edge alone.
    const byBand = byScale.map((value, n) => (n < 3 ? Math.sign(band[n]) * value : 0))
    const byLow = byScale.map((value, n) => (n < 3 ? 0 : -Math.sign(low[n]) * value))
    for (const [mine, scaled, theirs] of [
      [own[0], byLow, golden.gradients.low],
      [own[1], byBand, golden.gradients.band],
    ] as const) {
      const largest = Math.max(...theirs.map(Math.abs))
      theirs.forEach((value, n) => {
        expect(Math.abs(mine[n] + scaled[n] - value)).toBeLessThan(1e-6 * largest)
      })
    }
  })
})

describe('a band of at least 500 Hz, as far from 0 and half the sample rate', () => {
  const bands = fc
    .record({
      sampleRate: fc.constantFrom(8000, 16000, 44100),
      even: fc.boolean(),
      position: fc.double({ min: 0, max: 1, noNaN: true }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      phase: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    })
    .map(({ sampleRate, even, position, share, phase }) => {
      const width = 500 + share * (sampleRate / 2 - 1500)
      const lower = 500 + position * (sampleRate / 2 - 1000 - width)
      const geometry = sizes((sampleRate / 40) | (even ? 0 : 1), sampleRate)
      const filterbank = { kind: 'analytic-sinc', low: [lower - 50], band: [width - 50] } as const
      const { real, imaginary } = analyticSinc.impulseResponses(filterbank, geometry)
      return { sampleRate, lower, width, phase, real: real[0], imaginary: imaginary[0] }
    })

  test('passes its tones with a gain of 1 and hardly any of other frequencies, negative ones included', () => {
    fc.assert(
      fc.property(bands, ({ real, imaginary, sampleRate, lower, width }) => {
        const at = (frequency: number) => response(real, imaginary, frequency, sampleRate).gain
        expect(Math.abs(at(lower + width / 2) - 1)).toBeLessThan(5e-3)
        expect(Math.abs(at(lower) - 0.5)).toBeLessThan(1e-2)
        for (const other of [lower - 250, lower + width + 250, -lower, -lower - width / 2, 0]) {
          expect(at(other)).toBeLessThan(5e-3)
        }
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  test('has an energy that does not depend on the phase of a tone', () => {
    fc.assert(
      fc.property(bands, ({ real, imaginary, sampleRate, lower, width, phase }) => {
        const middle = lower + width / 2
        // Of a real tone cos(ωt + φ) correlation keeps half of the response at ω turned by φ, half of that at -ω turned back.
        const own = response(real, imaginary, -middle, sampleRate)
        const mirrored = response(real, imaginary, middle, sampleRate)
        const re = (own.re + mirrored.re) * Math.cos(phase) + (mirrored.im - own.im) * Math.sin(phase)
        const im = (own.im + mirrored.im) * Math.cos(phase) + (own.re - mirrored.re) * Math.sin(phase)
        expect(Math.abs((re * re + im * im) / 4 - 0.25)).toBeLessThan(5e-3)
      }),
      { seed: 1, numRuns: 60 },
    )
  })
})

test('starts with the centres of LEAF and as wide, where 50 Hz from 0 leave room', () => {
  const geometry = sizes(401, 16000, 40)
  const start = analyticSinc.initial(geometry)
  const leaf = filterbanks.gabor.initial(geometry)
  const [centers, widths] = [
    analyticSinc.centerFrequencies(start, geometry),
    analyticSinc.bandwidths(start, geometry),
  ]
  const leafWidths = filterbanks.gabor.bandwidths(leaf, geometry)
  filterbanks.gabor.centerFrequencies(leaf, geometry).forEach((center, n) => {
    expect(centers[n]).toBeCloseTo(center, 9)
    expect(widths[n]).toBeCloseTo(leafWidths[n], 9)
  })
})
