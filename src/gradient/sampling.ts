import {
  compressionOf,
  type FrontendDescription,
  type Geometry,
  type ImpulseResponses,
  poolingOf,
} from '../frontend/index.ts'
import {
  everySample,
  filterResponse,
  filterSpectrum,
  leastAmplitude,
  type SampledEnergy,
  sampleSparsely,
  type Tolerance,
} from '../sampling/index.ts'
import type { ClipGrid } from './grid.ts'

/** Share of bins that may be kept beyond those that count, so that a filter can move without a new layout. */
const SPARE_BINS = 0.15

/** How one channel is computed: which bins of its filter (shares of the circle), and which energies are pooled. */
export interface ChannelSampling {
  readonly lowest: number
  readonly width: number
  readonly energy: SampledEnergy
}

/**
 * Whether `sampleChannels` with `learning`'s tolerance is exact enough: behind a gain control only, which divides an
 * energy by those before it; a logarithm shows what it hides. What another rectifier makes of a wave has no narrow band.
 */
export const isSampled = ({ rectifier, pooling, compression }: FrontendDescription): boolean =>
  rectifier === 'squared-modulus' &&
  poolingOf(pooling).method === 'window' &&
  compressionOf(compression).gainControl

/**
 * For each channel the bins that count and the largest stride at which its energies still pool to what the window on
 * every energy yields.
 */
export function sampleChannels(
  frontend: FrontendDescription,
  { real, imaginary }: ImpulseResponses,
  windows: readonly Float64Array[],
  { poolingLeft }: Geometry,
  { left, filterSize, strides }: ClipGrid,
  tolerance: Tolerance,
): ChannelSampling[] {
  // Nodes stand on the multiples of the stride, and whole sounds are known on both sides of every window.
  const nodes = { anchor: poolingLeft, known: Number.POSITIVE_INFINITY }
  return windows.map((window, channel) => {
    const least = leastAmplitude(frontend, window)
    // Of the filter itself, not of its conjugate: outputs have a gradient.
    const filter = { real: real[channel], imaginary: imaginary[channel].map((tap) => -tap), left }
    const response = filterResponse(filter, filterSpectrum(filter, filterSize), tolerance.dropped * least)
    const energy = sampleSparsely(response, window, strides, nodes, least, tolerance)
    // A bin more on each side, since the grid of the sounds is finer.
    const width = Math.min(1, (response.re.length + 2) / filterSize)
    return { lowest: ((response.firstBin - 1 + filterSize) % filterSize) / filterSize, width, energy }
  })
}

/** The bins and strides of before where they still do, with the windows of now; null where they do not. */
export function keptSampling(
  before: readonly ChannelSampling[],
  now: readonly ChannelSampling[],
): ChannelSampling[] | null {
  const kept = now.map(({ lowest, width, energy }, i) => {
    const offset = (lowest - before[i].lowest + 1) % 1
    const holds = offset + width <= before[i].width || before[i].width === 1
    const same = energy.nodes.stride === before[i].energy.nodes.stride
    return same && holds && before[i].width <= width * 1.5 + 0.05 ? { ...before[i], energy } : null
  })
  return kept.includes(null) ? null : (kept as ChannelSampling[])
}

/** The same with some bins to spare on both sides. */
export function withSpareBins(samplings: readonly ChannelSampling[]): ChannelSampling[] {
  return samplings.map(({ lowest, width, energy }) => {
    const spare = Math.min(SPARE_BINS * width, (1 - width) / 2)
    return { lowest: (lowest - spare + 1) % 1, width: width + 2 * spare, energy }
  })
}

/** Every bin and every energy of every channel. */
export function everyEnergy({ channels, windowLength }: Geometry): ChannelSampling[] {
  return Array.from({ length: channels }, () => ({ lowest: 0, width: 1, energy: everySample(windowLength) }))
}
