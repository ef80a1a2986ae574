import { type Bounds, numbersAt } from '../checks.ts'
import type { Geometry } from '../geometry.ts'
import { projected } from '../parameters.ts'
import type { LearnableParameter } from '../part.ts'

/** Bands as SincNet learns them (arXiv 1808.00158, as leaf-audio `frontend.py` has it). */
export interface Bands {
  /** Lower edge as it is learned, Hz: the edge itself is 50 + |low|. */
  readonly low: readonly number[]
  /** Width as it is learned, Hz: the upper edge is the lower one + 50 + |band|, at most half the sample rate. */
  readonly band: readonly number[]
}

/** Least lower edge and least width, Hz. */
export const LEAST_HERTZ = 50
/** What is always left of a value as it is learned, Hz: at 0 nothing would move it again. */
export const LEFT_HERTZ = 1
/** Rounding by which an upper edge may exceed half the sample rate and still be learned. */
const ROUNDING = 1e-6

const bandBounds = ({ sampleRate }: Geometry) => ({ min: -sampleRate, max: sampleRate })

/** Edges in Hz, and whether the upper one is where its parameters put it. */
export function edges(low: number, band: number, { sampleRate }: Geometry) {
  const lower = LEAST_HERTZ + Math.abs(low)
  const upper = lower + LEAST_HERTZ + Math.abs(band)
  const highest = sampleRate / 2
  return { lower, upper: Math.min(upper, highest), isFree: upper <= highest * (1 + ROUNDING) }
}

/** @throws LeafError naming the key's path. */
export function parseBands(
  value: Record<string, unknown>,
  path: string,
  geometry: Geometry,
  lowBounds: Bounds,
): Bands {
  const { channels } = geometry
  return {
    low: numbersAt(value.low, `${path}.low`, channels, lowBounds),
    band: numbersAt(value.band, `${path}.band`, channels, bandBounds(geometry)),
  }
}

/** A step is the width of the filter's band, at least 50 Hz. */
export function bandParameters(
  { low, band }: Bands,
  geometry: Geometry,
  lowBounds: Bounds,
): LearnableParameter[] {
  const steps = low.map((value, n) => {
    const { lower, upper } = edges(value, band[n], geometry)
    return Math.max(upper - lower, LEAST_HERTZ)
  })
  return [
    { name: 'low', values: low, bounds: lowBounds, steps },
    { name: 'band', values: band, bounds: bandBounds(geometry), steps },
  ]
}

/** A band that reaches beyond half the sample rate is cut off there: the filter is the same, and goes on learning. */
export function bandsWith(
  parameters: readonly LearnableParameter[],
  values: readonly ArrayLike<number>[],
  { sampleRate }: Geometry,
): Bands {
  const [low, wide] = projected(parameters, values)
  const band = wide.map((value, n) => {
    const room = Math.max(LEFT_HERTZ, sampleRate / 2 - 2 * LEAST_HERTZ - Math.abs(low[n]))
    return Math.min(Math.max(value, -room), room)
  })
  return { low, band }
}

/**
 * ∂L/∂low and ∂L/∂band. The derivative of |p| at 0 is 0; an upper edge cut off at half the sample rate passes none.
 *
 * @param edgeGradients ∂L/∂edges of a channel's filter, `upper` taken as free of any bound.
 */
export function bandGradients(
  { low, band }: Bands,
  geometry: Geometry,
  edgeGradients: (
    channel: number,
    lower: number,
    upper: number,
  ) => { readonly lower: number; readonly upper: number },
): Float64Array[] {
  const lows = new Float64Array(low.length)
  const bands = new Float64Array(low.length)
  low.forEach((value, n) => {
    const { lower, upper, isFree } = edges(value, band[n], geometry)
    const gradient = edgeGradients(n, lower, upper)
    const throughUpper = isFree ? gradient.upper : 0
    lows[n] = Math.sign(value) * (gradient.lower + throughUpper)
    bands[n] = Math.sign(band[n]) * throughUpper
  })
  return [lows, bands]
}

/** The middle of each band, Hz. */
export function bandCenters({ low, band }: Bands, geometry: Geometry): Float64Array {
  return Float64Array.from(low, (value, n) => {
    const { lower, upper } = edges(value, band[n], geometry)
    return (lower + upper) / 2
  })
}

/** From edge to edge, Hz. */
export function bandWidths({ low, band }: Bands, geometry: Geometry): Float64Array {
  return Float64Array.from(low, (value, n) => {
    const { lower, upper } = edges(value, band[n], geometry)
    return upper - lower
  })
}
