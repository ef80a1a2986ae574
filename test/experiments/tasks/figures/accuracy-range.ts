import { type Estimate, halfInterval } from '../gather/estimate.ts'

/** Least width of an axis, per cent: differences of a clip or two are not to look large. */
const LEAST = 10
/** Free room on both sides, as a share of the width. */
const ROOM = 0.06

/** A mean and its 95 % interval, per cent. */
export interface Bar {
  readonly mean: number
  readonly low: number
  readonly high: number
}

export function barOf(estimate: Estimate): Bar {
  const half = halfInterval(estimate)
  const { mean } = estimate
  return { mean: 100 * mean, low: 100 * Math.max(0, mean - half), high: 100 * Math.min(1, mean + half) }
}

/** Ends of an axis that shows all bars, per cent. */
export function rangeOf(bars: readonly Bar[]): readonly [number, number] {
  const low = Math.min(...bars.map((bar) => bar.low))
  const high = Math.max(...bars.map((bar) => bar.high))
  const missing = Math.max(0, LEAST - (high - low)) / 2
  const room = ROOM * Math.max(high - low, LEAST)
  return [Math.max(0, low - missing - room), Math.min(100, high + missing + room)]
}
