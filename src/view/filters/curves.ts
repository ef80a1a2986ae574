import {
  channelFrequencies,
  channelWindows,
  type FrontendDescription,
  frequencyResponses,
  geometryOf,
  halfHeight,
  hasFilters,
} from '../../frontend/index.ts'

/** What there is to draw of a frontend, by channel; of one without filters nothing. */
export interface FilterCurves {
  readonly frontend: FrontendDescription
  /** Hz. */
  readonly centers: Float64Array
  /** Channels by rising centre. */
  readonly rising: readonly number[]
  /** Hz, of the values in `decibels`. */
  readonly frequencies: Float64Array
  /** Power gain. */
  readonly decibels: readonly Float64Array[]
  /** Hz, width of the band at -3 dB. */
  readonly bandwidths: readonly number[]
  /** Pooling weights over the window's samples, or null where there are none. */
  readonly windows: readonly Float64Array[] | null
  /** Milliseconds, width of the pooling window at half its height; without weights its whole length. */
  readonly poolingMs: readonly number[]
}

/** Far below anything that is drawn: a power of 0 has no decibels. */
const LEAST_POWER = 1e-12

/**
 * Computes what there is to draw.
 * @param previous of a frontend with perhaps the same filters: channels whose numbers did not change are taken over
 */
export function filterCurves(frontend: FrontendDescription, previous: FilterCurves | null): FilterCurves {
  if (!hasFilters(frontend)) return nothing(frontend)
  const centers = channelFrequencies(frontend)
  return {
    frontend,
    centers,
    rising: [...centers.keys()].sort((a, b) => centers[a] - centers[b]),
    ...responsesOf(frontend, previous),
    ...poolingOf(frontend),
  }
}

function nothing(frontend: FrontendDescription): FilterCurves {
  const none = new Float64Array()
  const lists = { rising: [], decibels: [], bandwidths: [], poolingMs: [], windows: null }
  return { frontend, centers: none, frequencies: none, ...lists }
}

type Responses = Pick<FilterCurves, 'frequencies' | 'decibels' | 'bandwidths'>

function responsesOf(frontend: FrontendDescription, previous: FilterCurves | null): Responses {
  const moved = movedChannels(frontend, previous?.frontend ?? null)
  if (previous && moved.length === 0) {
    const { frequencies, decibels, bandwidths } = previous
    return { frequencies, decibels, bandwidths }
  }
  const { frequencies, powers } = frequencyResponses(frontend, moved)
  const decibels = moved.length < frontend.channels ? [...(previous?.decibels ?? [])] : []
  const bandwidths = moved.length < frontend.channels ? [...(previous?.bandwidths ?? [])] : []
  moved.forEach((channel, i) => {
    decibels[channel] = powers[i].map((power) => 10 * Math.log10(Math.max(power, LEAST_POWER)))
    const { low, high } = halfHeight(frequencies, powers[i])
    bandwidths[channel] = high - low
  })
  return { frequencies, decibels, bandwidths }
}

/** Channels whose filters are other ones than before. */
export function movedChannels(frontend: FrontendDescription, previous: FrontendDescription | null): number[] {
  const channels = Array.from({ length: frontend.channels }, (_, channel) => channel)
  if (previous?.filterbank === frontend.filterbank && sameSizes(frontend, previous)) return []
  if (!previous || !sameSizes(frontend, previous)) return channels
  const before = new Map(Object.entries(previous.filterbank))
  const now = Object.entries(frontend.filterbank)
  const constants = now.every(([key, value]) => Array.isArray(value) || before.get(key) === value)
  if (!constants) return channels
  const rows = now.filter(([, value]) => Array.isArray(value))
  return channels.filter((channel) =>
    rows.some(([key, values]) => !sameNumbers(values[channel], before.get(key)[channel])),
  )
}

/** Frontends whose curves can lie over one another. */
export function sameSizes(a: FrontendDescription, b: FrontendDescription): boolean {
  return (
    a.channels === b.channels &&
    a.sampleRate === b.sampleRate &&
    a.windowMs === b.windowMs &&
    hasFilters(a) === hasFilters(b)
  )
}

/** A value of a channel, or a row of its taps. */
function sameNumbers(a: number | readonly number[], b: number | readonly number[]): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a === b
  return a.length === b.length && a.every((value, i) => value === b[i])
}

function poolingOf(frontend: FrontendDescription): Pick<FilterCurves, 'windows' | 'poolingMs'> {
  const { sampleRate, channels } = frontend
  const geometry = geometryOf(frontend)
  const milliseconds = 1000 / sampleRate
  const windows = channelWindows(frontend, geometry)
  if (!windows) {
    return { windows: null, poolingMs: new Array(channels).fill((geometry.windowLength - 1) * milliseconds) }
  }
  const samples = Float64Array.from({ length: geometry.windowLength }, (_, k) => k)
  const poolingMs = windows.map((window) => {
    const { low, high } = halfHeight(samples, window)
    return (high - low) * milliseconds
  })
  return { windows, poolingMs }
}
