import {
  type Bounds,
  type FrontendDescription,
  parametersOf,
  parseFrontend,
  partNames,
} from '../../frontend/index.ts'
import type { Draft } from './layout.ts'

/** A share of a bound that float32 may miss it by: parseFrontend mends it, and it is not worth telling. */
const ROUNDING = 1e-6

/** Values of one parameter that lay beyond their bound and were set to it. */
export interface Clipped {
  /** Key in the description, as `filterbank.sigma`. */
  readonly parameter: string
  /** Channels in rising order, from 0. */
  readonly channels: readonly number[]
  readonly bounds: Bounds
  /** True where the library does the same whenever it computes; false where these channels' features differ. */
  readonly asInLibrary: boolean
}

/**
 * Sets every parameter that is beyond a bound to it.
 *
 * @throws LeafError `description` where something else is wrong with the frontend.
 */
export function withinBounds({ description, unclipped }: Draft): {
  frontend: FrontendDescription
  clipped: Clipped[]
} {
  const clipped: Clipped[] = []
  const parts = partNames.map((part) => {
    const mended: Record<string, number[]> = {}
    for (const { name, values, bounds } of parametersOf(description, part)) {
      const channels = values.flatMap((number, channel) => (isBeyond(number, bounds) ? [channel] : []))
      if (channels.length === 0) continue
      const parameter = `${part}.${name}`
      clipped.push({ parameter, channels, bounds, asInLibrary: !unclipped.includes(parameter) })
      mended[name] = values.map((number) => Math.min(Math.max(number, bounds.min), bounds.max))
    }
    return [part, { ...description[part], ...mended }]
  })
  return { frontend: parseFrontend({ ...description, ...Object.fromEntries(parts) }), clipped }
}

function isBeyond(value: number, { min, max }: Bounds): boolean {
  return min - value > ROUNDING * Math.abs(min) || value - max > ROUNDING * Math.abs(max)
}
