import { fourier, isSmooth } from '../plan/index.ts'

/** What decides how densely a filter's energies have to be sampled, and which of its bins count. */
export interface FilterSpread {
  /** Bins that count, as shares of the sample rate: from `lowest` (0 to 1) on, `width` (0 to 1) wide, around the circle. */
  readonly lowest: number
  readonly width: number
  /**
   * Covariance of the output's energy at two samples by their distance, for white noise of variance 1: |c(τ)|² with
   * c the filter's autocorrelation.
   */
  readonly covariance: Float64Array
}

/**
 * Measures a complex filter.
 *
 * @param least amplitude response below which bins at the band's ends do not count.
 */
export function filterSpread(real: Float64Array, imaginary: Float64Array, least: number): FilterSpread {
  const taps = real.length
  let size = 2 * taps
  while (!isSmooth(size)) size++
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  re.set(real)
  // Correlation turns the filter around: its pass-band lies at the conjugate's.
  im.set(imaginary.map((value) => -value))
  const spectrum = fourier(re, im, -1)
  const power = spectrum.re.map((value, b) => value * value + spectrum.im[b] * spectrum.im[b])
  const own = fourier(power, new Float64Array(size), 1)
  const covariance = new Float64Array(taps)
  for (let lag = 0; lag < taps; lag++) {
    covariance[lag] = (own.re[lag] * own.re[lag] + own.im[lag] * own.im[lag]) / (size * size)
  }
  return { ...keptBand(power, least * least), covariance }
}

/** The shortest stretch of the circle outside which all power is below `least`; everything if all is. */
function keptBand(power: Float64Array, least: number): { lowest: number; width: number } {
  const size = power.length
  let [longest, from] = [0, 0]
  let run = 0
  for (let i = 0; i < 2 * size && longest < size; i++) {
    run = power[i % size] < least ? run + 1 : 0
    if (run > longest) [longest, from] = [run, i + 1]
  }
  if (longest >= size) return { lowest: 0, width: 1 }
  // One bin of this grid more on each side, since the grid of the sounds is finer.
  const width = Math.min(1, (size - longest + 2) / size)
  return { lowest: ((from - 1 + size) % size) / size, width }
}
