import { filterLeft, frameCount, type Geometry, isSmooth } from '../frontend/index.ts'
import { divisorsOf } from '../sampling/index.ts'

/** Where the samples of a batch's sounds lie and at which strides filters' outputs may be sampled. All in samples. */
export interface ClipGrid {
  /** Samples of the longest sound. */
  readonly samples: number
  /** Frames of every sound. */
  readonly frames: number
  /** Samples transformed at once: a whole sound and the filters' length, so that nothing wraps around. */
  readonly size: number
  /** Points of the short transforms that make up a filter's spectrum, at least a filter's taps. */
  readonly tapPoints: number
  /** Taps before a filter's time 0. */
  readonly left: number
  /** Points of the transform at which filters are measured: twice their taps, and a multiple of every stride. */
  readonly filterSize: number
  /** Divisors of the hop and of the size, ascending. */
  readonly strides: readonly number[]
}

/** The smallest size that has no prime factor above 5 and shares with the hop what the hop can share. */
export function clipGrid(geometry: Geometry, samples: number): ClipGrid {
  const { hop, windowLength } = geometry
  const common = smoothPart(hop)
  const least = samples + windowLength
  let size = Math.ceil(least / common) * common
  while (!isSmooth(size) || tapPointsOf(size, windowLength) === 0) size += common
  let filterSize = Math.ceil((2 * windowLength) / common) * common
  while (!isSmooth(filterSize)) filterSize += common
  return {
    samples,
    frames: frameCount(geometry, samples),
    size,
    tapPoints: tapPointsOf(size, windowLength),
    left: filterLeft(geometry),
    filterSize,
    strides: divisorsOf(common),
  }
}

/** The smallest divisor of the size that is not below `windowLength`, at most twice that; 0 if there is none. */
function tapPointsOf(size: number, windowLength: number): number {
  for (let points = windowLength; points <= 2 * windowLength; points++) if (size % points === 0) return points
  return 0
}

/** The largest divisor of n without prime factors above 5. */
function smoothPart(n: number): number {
  let part = 1
  for (const prime of [2, 3, 5]) {
    while (n % prime === 0) {
      n /= prime
      part *= prime
    }
  }
  return part
}
