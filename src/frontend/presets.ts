import { compressions } from './compression/index.ts'
import { type FrontendDescription, parseFrontend } from './description.ts'
import { filterbanks } from './filterbank/index.ts'
import { type Geometry, hopOf, windowLengthOf } from './geometry.ts'
import { poolings } from './pooling/index.ts'

/** Which part each preset takes, and its floor on pooled energies. */
const PRESETS = {
  leaf: { filterbank: 'gabor', pooling: 'gaussian', compression: 'pcen', energyFloor: 1e-5 },
  'mel-log': { filterbank: 'mel', pooling: 'none', compression: 'log', energyFloor: 0 },
} as const

/** A frontend by name, as it starts before learning. */
export type PresetName = keyof typeof PRESETS

export const presetNames = Object.keys(PRESETS) as PresetName[]

/** Sizes that differ from the paper's. */
export interface PresetOptions {
  /** Number of filters, 40 if left out. */
  readonly channels?: number
  /** Hz, 16000 if left out. */
  readonly sampleRate?: number
}

/**
 * A frontend as the official code initialises it: windows of 25 ms every 10 ms, on the stream's frame grid
 * `poolingLeft = (K - hop) // 2`, which is the official one for signals of whole hops.
 */
export function preset(
  name: PresetName,
  { channels = 40, sampleRate = 16000 }: PresetOptions = {},
): FrontendDescription {
  const windowMs = 25
  const hopMs = 10
  const windowLength = windowLengthOf(sampleRate, windowMs)
  const hop = hopOf(sampleRate, hopMs)
  const poolingLeft = (windowLength - hop) >> 1
  const geometry: Geometry = { sampleRate, windowLength, hop, channels, poolingLeft, partialFrames: true }
  const { filterbank, pooling, compression, energyFloor } = PRESETS[name]
  return parseFrontend({
    sampleRate,
    windowMs,
    hopMs,
    channels,
    filterbank: filterbanks[filterbank].initial(geometry),
    rectifier: 'squared-modulus',
    pooling: poolings[pooling].initial(geometry),
    energyFloor,
    compression: compressions[compression].initial(geometry),
    alignment: { poolingLeft },
  })
}
