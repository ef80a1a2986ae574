import { filterLeft, type Geometry, isSmooth } from '../frontend/index.ts'
import { divisorsOf } from '../sampling/index.ts'

/** Where the blocks of a stream lie and at which strides a filter's output may be sampled. All in samples. */
export interface BlockGrid {
  /** Samples transformed at once: five times `fifth`. */
  readonly size: number
  readonly fifth: number
  /** Samples that a filter's output needs after its own position. */
  readonly reach: number
  /** Divisors of the hop and of a fifth, ascending. */
  readonly strides: readonly number[]
}

/** Sizes are multiples of this: the real spectrum is taken in quarters of two samples, the outputs in fifths. */
const SIZE_STEP = 40
/** Sizes up to so many times the least are looked at, so that hops with few divisors find one that shares them. */
const LARGEST_EXCESS = 1.35
/** A larger size has to share a divisor with the hop that is larger by this factor: more than the block grows by. */
const RICHER = 1.5

/**
 * Blocks by overlap-save, two frames each. The transform covers two hops and a filter's length, and is at least five
 * hops long, so that the outputs wanted lie in its third and fourth fifth. Among the sizes a little above that, the one
 * with the richest strides is taken; `npm run sampling` prints which.
 */
export function blockGrid(geometry: Geometry): BlockGrid {
  const { hop, windowLength } = geometry
  const least = Math.max(5 * hop, 2 * hop + windowLength - 1, SIZE_STEP)
  const largest = LARGEST_EXCESS * least + SIZE_STEP
  let best = { size: 0, common: 0 }
  for (let size = Math.ceil(least / SIZE_STEP) * SIZE_STEP; size <= largest; size += SIZE_STEP) {
    if (!isSmooth(size)) continue
    const common = greatestCommonDivisor(hop, size / 5)
    if (common > best.common * RICHER) best = { size, common }
  }
  const { size, common } = best
  return {
    size,
    fifth: size / 5,
    reach: windowLength - 1 - filterLeft(geometry),
    strides: divisorsOf(common),
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b]
  return a
}
