import { type FrontendDescription, geometryOf } from './description.ts'
import { type Filterbank, filterbanks, type TapFamily } from './filterbank/index.ts'

export { between } from './between.ts'
export type { Bounds } from './checks.ts'
export {
  type Compression,
  type CompressionDescription,
  type CompressionGradient,
  compressions,
  LEAST_ROOTED,
  type PcenCompression,
} from './compression/index.ts'
export { type FrontendDescription, geometryOf, parseFrontend } from './description.ts'
export { cos, exp, log, pow, sin } from './elementary.ts'
export {
  type Filterbank,
  filterbanks,
  type ImpulseResponses,
  sigmaBounds,
  type TapFamily,
  type TapFilterbank,
} from './filterbank/index.ts'
export { Fourier, isSmooth, radicesOf } from './fourier.ts'
export { filterLeft, frameCount, type Geometry, hopOf, samplesFor, windowLengthOf } from './geometry.ts'
export { type SmoothImpulse, smoothImpulse } from './impulse.ts'
export type { LearnableParameter, Part } from './part.ts'
export { type Pooling, poolings, type WeightedPooling, type WindowPooling } from './pooling/index.ts'
export { type PresetName, type PresetOptions, preset, presetNames } from './presets.ts'
export { LEAKY_SLOPE, type Rectifier } from './rectifier.ts'
export { type Features, pooledEnergies, reference } from './reference/index.ts'
export {
  type FrequencyResponses,
  frequencyResponses,
  halfHeight,
  onlyChannels,
} from './responses.ts'
export { equivalentRectangularBandwidth, hertzToMel, melToHertz } from './scales.ts'

/** Centre frequency of each channel in Hz, for axes. */
export function channelFrequencies(frontend: FrontendDescription): Float64Array {
  const { filterbank } = frontend
  const family: Pick<TapFamily<Filterbank>, 'centerFrequencies'> = filterbanks[filterbank.kind]
  return family.centerFrequencies(filterbank, geometryOf(frontend))
}
