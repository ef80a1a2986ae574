import type { Geometry } from '../geometry.ts'
import { melMatrix } from '../scales.ts'

export const ROOT_2_LN_2 = Math.sqrt(2 * Math.LN2)

/** Of the mel filters after which learnable filters start (leaf-audio `melfilters.py`). */
const FFT_SIZE = 512
const LOWEST_HERTZ = 60
const HIGHEST_HERTZ = 7800

/** A Gabor filter as wide as a mel filter. */
export interface MelStart {
  /** Bin of the mel filter's peak, rad/sample. */
  readonly center: number
  /** Samples; not moved onto any bound. */
  readonly sigma: number
  /** Area under the mel filter's triangle, rad. */
  readonly area: number
}

/** Reads centre, width and area of `channels` filters off a mel matrix of 60 to 7800 Hz with 512 bins. */
export function melStart({ channels, sampleRate }: Geometry): MelStart[] {
  const highest = Math.min(HIGHEST_HERTZ, sampleRate / 2)
  return melMatrix(channels, FFT_SIZE, sampleRate, LOWEST_HERTZ, highest).map((row) => {
    const amplitude = row.map(Math.sqrt)
    const peak = amplitude.indexOf(Math.max(...amplitude))
    const width = amplitude.filter((value) => value >= amplitude[peak] / 2).length
    const base = row.filter((value) => value > 0).length + 2
    return {
      center: (peak * 2 * Math.PI) / FFT_SIZE,
      sigma: (ROOT_2_LN_2 * FFT_SIZE) / (Math.PI * width),
      area: (row[peak] * base * Math.PI) / FFT_SIZE,
    }
  })
}
