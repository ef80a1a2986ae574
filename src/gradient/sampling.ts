import type { FrontendDescription, Geometry, ImpulseResponses } from '../frontend/index.ts'
import { filterSpread } from './filter-spread.ts'
import type { ClipGrid } from './grid.ts'
import { SampledWindow, windowSpread } from './sampled-window.ts'

/** Largest standard error of a pooled energy through the sampling, for white noise, as a share of its mean. */
const LARGEST_ERROR = 1e-5
/** Share of the amplitude that lifts a half-scale tone to the energy floor, below which a filter's bins are dropped. */
const DROPPED = 0.1
/** Energy of a half-scale tone at a filter of gain 1, before pooling. */
const TONE_ENERGY = 1 / 16
/** Stands in for the floor where there is none, as a share of that tone's pooled energy. */
const NO_FLOOR = 1e-7
/** Share of the variance down to which energies one stride apart have to be correlated. */
const LEAST_CORRELATION = 0.88
/** Share of bins that may be kept beyond those that count, so that a filter can move without a new layout. */
const SPARE_BINS = 0.15

/** How one channel is computed: which bins of its filter (shares of the circle), and the window on which energies. */
export interface ChannelSampling {
  readonly lowest: number
  readonly width: number
  readonly window: SampledWindow
}

/**
 * For each channel the largest stride at which its energies still pool to what the window on every energy yields.
 * Enough for PCEN only, which divides an energy by those before it: a logarithm shows what it hides.
 */
export function sampleEnergies(
  { energyFloor }: FrontendDescription,
  { real, imaginary }: ImpulseResponses,
  windows: readonly Float64Array[],
  { windowLength, poolingLeft }: Geometry,
  { strides }: ClipGrid,
): ChannelSampling[] {
  return windows.map((window, channel) => {
    const toneEnergy = TONE_ENERGY * window.reduce((sum, weight) => sum + Math.abs(weight), 0)
    const least = DROPPED * Math.sqrt((energyFloor || NO_FLOOR * toneEnergy) / toneEnergy)
    const { lowest, width, covariance } = filterSpread(real[channel], imaginary[channel], least)
    const spread = windowSpread(window, covariance)
    const sampledAt = (stride: number) => new SampledWindow(covariance, windowLength, stride, poolingLeft)
    // The error grows with the stride: halve the candidates until one is left.
    let candidates = strides.filter(
      (some) => some > 1 && covariance[some] >= LEAST_CORRELATION * covariance[0],
    )
    let best = sampledAt(1)
    while (candidates.length > 0) {
      const middle = candidates.length >> 1
      const sampled = sampledAt(candidates[middle])
      const does = sampled.error(window, spread) <= LARGEST_ERROR
      if (does) best = sampled
      candidates = does ? candidates.slice(middle + 1) : candidates.slice(0, middle)
    }
    return { lowest, width, window: best }
  })
}

/** The bins and strides of before where they still do, with the windows of now; null where they do not. */
export function keptSampling(
  before: readonly ChannelSampling[],
  now: readonly ChannelSampling[],
): ChannelSampling[] | null {
  const kept = now.map(({ lowest, width, window }, i) => {
    const offset = (lowest - before[i].lowest + 1) % 1
    const holds = offset + width <= before[i].width || before[i].width === 1
    const does = window.stride === before[i].window.stride && holds && before[i].width <= width * 1.5 + 0.05
    return does ? { ...before[i], window } : null
  })
  return kept.includes(null) ? null : (kept as ChannelSampling[])
}

/** The same with some bins to spare on both sides. */
export function withSpareBins(samplings: readonly ChannelSampling[]): ChannelSampling[] {
  return samplings.map(({ lowest, width, window }) => {
    const spare = Math.min(SPARE_BINS * width, (1 - width) / 2)
    return { lowest: (lowest - spare + 1) % 1, width: width + 2 * spare, window }
  })
}

/** Every bin and every energy of every channel. */
export function everyEnergy({ channels, windowLength, poolingLeft }: Geometry): ChannelSampling[] {
  const window = new SampledWindow(new Float64Array([1]), windowLength, 1, poolingLeft)
  return Array.from({ length: channels }, () => ({ lowest: 0, width: 1, window }))
}
