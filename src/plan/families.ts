import {
  type FrontendDescription,
  filterbanks,
  type Geometry,
  type ImpulseResponses,
  poolings,
  type TapFamily,
  type TapFilterbank,
  type WeightedPooling,
  type WindowPooling,
} from '../frontend/index.ts'

/** The taps of a frontend's filters, whatever their family. */
export function impulseResponses({ filterbank }: FrontendDescription, geometry: Geometry): ImpulseResponses {
  if (filterbank.kind === 'mel') throw new Error('Mel filters have no taps.')
  const family: TapFamily<TapFilterbank> = filterbanks[filterbank.kind]
  return family.impulseResponses(filterbank, geometry)
}

/** The pooling window of each channel, whatever its kind. */
export function poolingWindows({ pooling }: FrontendDescription, geometry: Geometry): Float64Array[] {
  if (pooling.kind === 'max' || pooling.kind === 'none') throw new Error('No window to pool with.')
  const family: WindowPooling<WeightedPooling> = poolings[pooling.kind]
  return family.windows(pooling, geometry)
}
