import { onlyKeys, rowsAt } from '../checks.ts'
import { exp, log } from '../elementary.ts'
import type { Geometry } from '../geometry.ts'
import { projected } from '../parameters.ts'
import { range } from '../text.ts'
import type { SpectralFamily } from './family.ts'
import { mel } from './mel.ts'
import { apart, joined } from './rows.ts'

/**
 * Mel filters whose every weight is learned, as its logarithm, so that it stays positive: W = exp(θ) (Sainath, Kingsbury,
 * Mohamed and Ramabhadran, "Learning filter banks within a deep neural network framework", ASRU 2013).
 */
export interface FreeMelFilterbank {
  readonly kind: 'free-mel'
  /** One row per channel: θ of each bin of the channel's band, natural logarithms. */
  readonly logWeights: readonly (readonly number[])[]
}

/**
 * −60 dB: what a mel filter does not hear starts here, since 0 has no logarithm. Features of speech then start within 0.1
 * of those of `mel-log`, which ten times as much does not reach (test/frontend/free-mel.test.ts).
 */
const LEAST_WEIGHT = 1e-6
/** As far above 1, the peak of a mel filter, as the least is below. */
const BOUNDS = { min: log(LEAST_WEIGHT), max: -log(LEAST_WEIGHT) }

/** The bins that each channel weighs: twice as many as the widest mel filter has, about the mel centre; never bin 0. */
function bandsOf(geometry: Geometry): { fftSize: number; bins: number; first: readonly number[] } {
  const start = mel.initial(geometry)
  const centers = Array.from(mel.centerFrequencies(start, geometry))
  const half = start.fftSize / 2
  const binsPerHertz = start.fftSize / geometry.sampleRate
  // The highest filter is the widest: from the centre below it to the highest edge.
  const widest = Math.ceil((start.fMax - (centers.at(-2) ?? start.fMin)) * binsPerHertz)
  const bins = Math.min(2 * widest, half)
  const first = centers.map((center) => {
    const lowest = Math.round(center * binsPerHertz) - (bins >> 1)
    return Math.min(Math.max(lowest, 1), half + 1 - bins)
  })
  return { fftSize: start.fftSize, bins, first }
}

export const freeMel: SpectralFamily<FreeMelFilterbank> = {
  kind: 'free-mel',
  domain: 'frequency',

  parse(value, path, geometry) {
    onlyKeys(value, ['kind', 'logWeights'], path)
    const { bins } = bandsOf(geometry)
    const logWeights = rowsAt(value.logWeights, `${path}.logWeights`, geometry.channels, bins, BOUNDS, 'bin')
    return { kind: 'free-mel', logWeights }
  },

  /** The filters of `mel`; the rest of each band at the least weight. */
  initial(geometry) {
    const { bins, first } = bandsOf(geometry)
    const logWeights = mel
      .matrix(mel.initial(geometry), geometry)
      .map((row, n) =>
        Array.from(row.subarray(first[n], first[n] + bins), (weight) => log(Math.max(weight, LEAST_WEIGHT))),
      )
    return { kind: 'free-mel', logWeights }
  },

  /** A step is a factor of e on the weight. */
  parameters({ logWeights }) {
    const values = joined(logWeights)
    return [{ name: 'logWeights', values, bounds: BOUNDS, steps: new Array<number>(values.length).fill(1) }]
  },

  withParameters(filterbank, values, geometry) {
    const [flat] = projected(freeMel.parameters(filterbank, geometry), values)
    return { kind: 'free-mel', logWeights: apart(flat, filterbank.logWeights) }
  },

  fftSize: (_filterbank, geometry) => bandsOf(geometry).fftSize,
  window: mel.window,

  matrix({ logWeights }, geometry) {
    const { fftSize, first } = bandsOf(geometry)
    return logWeights.map((row, n) => {
      const weights = new Float64Array(fftSize / 2 + 1)
      weights.set(row.map(exp), first[n])
      return weights
    })
  },

  /** ∂W/∂θ = W. */
  gradient({ logWeights }, weightGradients, geometry) {
    const { bins, first } = bandsOf(geometry)
    const gradient = new Float64Array(logWeights.length * bins)
    logWeights.forEach((row, n) => {
      for (let k = 0; k < bins; k++) gradient[n * bins + k] = exp(row[k]) * weightGradients[n][first[n] + k]
    })
    return [gradient]
  },

  /** The mean frequency of each channel's weights. */
  centerFrequencies(filterbank, geometry) {
    const { fftSize } = bandsOf(geometry)
    return Float64Array.from(freeMel.matrix(filterbank, geometry), (weights) => {
      const sum = weights.reduce((total, weight) => total + weight, 0)
      const moment = weights.reduce((total, weight, bin) => total + weight * bin, 0)
      return ((moment / sum) * geometry.sampleRate) / fftSize
    })
  },

  summary(filterbank, geometry) {
    const { bins, first, fftSize } = bandsOf(geometry)
    const hertz = (bin: number) => (bin * geometry.sampleRate) / fftSize
    const reach = range([hertz(first[0]), hertz((first.at(-1) ?? 0) + bins - 1)], 'Hz')
    return `: centres ${range(freeMel.centerFrequencies(filterbank, geometry), 'Hz')}, ${bins} learned weights each, within ${reach}`
  },
}
