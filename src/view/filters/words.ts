import type { FilterCurves } from './curves.ts'

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const THIN_SPACE = '\u202f'

/** Hertz in full, thousands apart: "1 240 Hz"; the spaces do not break. */
export function fullHertz(frequency: number): string {
  return `${WHOLE.format(frequency).replaceAll(',', THIN_SPACE)}\u00a0Hz`
}

/** What there is to say of a channel, as a readout shows it. */
export interface Facts {
  /** "Filter 12": counted from 1 in the frontend's own order. */
  readonly name: string
  readonly center: string
  readonly width: string
  readonly pooling: string
}

export function factsOf({ centers, bandwidths, poolingMs }: FilterCurves, channel: number): Facts {
  return {
    name: `Filter ${channel + 1}`,
    center: fullHertz(centers[channel]),
    width: `${fullHertz(bandwidths[channel])} wide`,
    pooling: `pooled over ${poolingMs[channel].toFixed(1)}\u00a0ms`,
  }
}

/** As a screen reader tells it: "filter 12, 1 240 Hz, 180 Hz wide, pooled over 11.8 ms". */
export function spoken(curves: FilterCurves, channel: number): string {
  if (channel < 0) return 'no filter chosen'
  const { name, center, width, pooling } = factsOf(curves, channel)
  return [name.toLowerCase(), center, width, pooling].join(', ')
}
