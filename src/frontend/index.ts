import { type FrontendDescription, geometryOf } from './description.ts'
import { gabor, mel } from './filterbank/index.ts'

export { type CompressionDescription, compressions } from './compression/index.ts'
export { type FrontendDescription, geometryOf, parseFrontend } from './description.ts'
export { cos, pow, sin } from './elementary.ts'
export { type Filterbank, filterbanks, type ImpulseResponses, sigmaBounds } from './filterbank/index.ts'
export { filterLeft, frameCount, type Geometry } from './geometry.ts'
export { type Pooling, poolings } from './pooling/index.ts'
export { type PresetName, type PresetOptions, preset, presetNames } from './presets.ts'
export { type Features, pooledEnergies, reference } from './reference.ts'

/** Centre frequency of each channel in Hz, for axes. */
export function channelFrequencies(frontend: FrontendDescription): Float64Array {
  const { filterbank } = frontend
  if (filterbank.kind === 'mel') return mel.centerFrequencies(filterbank, geometryOf(frontend))
  return gabor.centerFrequencies(filterbank, geometryOf(frontend))
}
