import { type FrontendDescription, geometryOf } from './description.ts'
import { filterbankOf, type ImpulseResponses } from './filterbank/index.ts'
import type { Geometry } from './geometry.ts'
import { poolingOf } from './pooling/index.ts'

/** Whether the channels of a frontend are filters; those of `samples` are samples. */
export function hasFilters({ filterbank }: FrontendDescription): boolean {
  return filterbankOf(filterbank).domain !== 'samples'
}

/** Centre frequency of each filter in Hz, for axes: one a channel, or none where channels are no filters (`samples`). */
export function channelFrequencies(frontend: FrontendDescription): Float64Array {
  const { filterbank } = frontend
  return filterbankOf(filterbank).centerFrequencies(filterbank, geometryOf(frontend))
}

/** Impulse response of each channel; null for filters over a power spectrum, which have none, and for samples. */
export function channelTaps(
  { filterbank }: FrontendDescription,
  geometry: Geometry,
): ImpulseResponses | null {
  const family = filterbankOf(filterbank)
  return family.domain === 'time' ? family.impulseResponses(filterbank, geometry) : null
}

/** Pooling window of each channel; null where a frame is no weighted sum. */
export function channelWindows({ pooling }: FrontendDescription, geometry: Geometry): Float64Array[] | null {
  const family = poolingOf(pooling)
  return family.method === 'window' ? family.windows(pooling, geometry) : null
}
