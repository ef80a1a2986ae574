import {
  type Bounds,
  compressions,
  type FrontendDescription,
  filterbanks,
  geometryOf,
  type Part,
  parseFrontend,
  poolings,
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
  const geometry = geometryOf(description)
  const clipped: Clipped[] = []
  const clip = (key: 'filterbank' | 'pooling' | 'compression', part: unknown) => {
    const value: { readonly kind: string } = description[key]
    const mended: Record<string, number[]> = {}
    for (const { name, values, bounds } of (part as Part<typeof value>).parameters(value, geometry)) {
      const channels = values.flatMap((number, channel) => (isBeyond(number, bounds) ? [channel] : []))
      if (channels.length === 0) continue
      const parameter = `${key}.${name}`
      clipped.push({ parameter, channels, bounds, asInLibrary: !unclipped.includes(parameter) })
      mended[name] = values.map((number) => Math.min(Math.max(number, bounds.min), bounds.max))
    }
    return { ...value, ...mended }
  }
  const frontend = parseFrontend({
    ...description,
    filterbank: clip('filterbank', filterbanks[description.filterbank.kind]),
    pooling: clip('pooling', poolings[description.pooling.kind]),
    compression: clip('compression', compressions[description.compression.kind]),
  })
  return { frontend, clipped }
}

function isBeyond(value: number, { min, max }: Bounds): boolean {
  return min - value > ROUNDING * Math.abs(min) || value - max > ROUNDING * Math.abs(max)
}
