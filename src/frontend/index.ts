export { between } from './between.ts'
export {
  channelFrequencies,
  channelTaps,
  channelWindows,
  hasFilters,
} from './channels.ts'
export type { Bounds } from './checks.ts'
export {
  type Compression,
  type CompressionFamily,
  type CompressionGradient,
  compress,
  compressionOf,
  compressions,
  type FrameCompressor,
  frameCompressor,
  type KernelCompression,
  leastRooted,
  type PcenCompression,
} from './compression/index.ts'
export { correlate } from './correlate.ts'
export {
  type FrontendDescription,
  geometryOf,
  MOST_CHANNELS,
  MOST_TAPS,
  parseFrontend,
  SAMPLE_RATES,
} from './description.ts'
export { cos, exp, log, pow, sin } from './elementary.ts'
export {
  type Filterbank,
  filterbankOf,
  filterbanks,
  type ImpulseResponses,
  type SpectralFamily,
  sigmaBounds,
  type TapFamily,
  type TapFilterbank,
} from './filterbank/index.ts'
export { Fourier, isSmooth, radicesOf } from './fourier.ts'
export { filterLeft, frameCount, type Geometry, hopOf, samplesFor, windowLengthOf } from './geometry.ts'
export { halfHeight } from './half-height.ts'
export { type SmoothImpulse, smoothImpulse } from './impulse.ts'
export type { LearnableParameter, Part } from './part.ts'
export {
  familyOf,
  initialParameters,
  type PartName,
  parametersOf,
  partNames,
  summaryOf,
  withParameters,
} from './parts.ts'
export {
  type Pooling,
  poolingOf,
  poolings,
  type WeightedPooling,
  type WindowFamily,
} from './pooling/index.ts'
export { type PresetName, type PresetOptions, preset, presetNames } from './presets.ts'
export { type Rectifier, slopeBelowZero } from './rectifier.ts'
export { type Features, pooledEnergies, reference } from './reference/index.ts'
export { type FrequencyResponses, frequencyResponses, onlyChannels } from './responses.ts'
export { equivalentRectangularBandwidth, hertzToMel, melToHertz } from './scales.ts'
export { STARTS, type StartName, startOf } from './starts.ts'
export { range, short } from './text.ts'
