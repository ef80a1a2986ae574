import { choiceAt, objectAt, onlyKeys } from './checks.ts'
import { compressions } from './compression/index.ts'
import { type FrontendDescription, parseFrontend } from './description.ts'
import { filterbanks } from './filterbank/index.ts'
import { type Geometry, hopOf, windowLengthOf } from './geometry.ts'
import { poolings } from './pooling/index.ts'
import type { Rectifier } from './rectifier.ts'

/** What each system of the paper takes: its parts, its floor on pooled energies, and where a part does not start as usual. */
interface System {
  readonly filterbank: keyof typeof filterbanks
  readonly rectifier: Rectifier
  readonly pooling: keyof typeof poolings
  readonly energyFloor: number
  readonly compression: keyof typeof compressions
  /** Constants of the compression that differ from its own. */
  readonly constants?: { readonly floor?: number; readonly exponent?: number; readonly offset?: number }
  /** Edges of the filters that differ from their own, Hz. */
  readonly edges?: { readonly fMin: number; readonly fMax: number }
  /** Number of filters, 40 if left out; `hop` for one a sample of a hop. */
  readonly channels?: number | 'hop'
  /** 25 if left out. */
  readonly windowMs?: number
  /** False: only frames whose window lies inside the signal. */
  readonly partialFrames?: false
}

const MEL = { filterbank: 'mel', rectifier: 'squared-modulus', pooling: 'none', energyFloor: 0 } as const
const LEAF = {
  filterbank: 'gabor',
  rectifier: 'squared-modulus',
  pooling: 'gaussian',
  energyFloor: 1e-5,
  compression: 'pcen',
} as const

const PRESETS = {
  leaf: LEAF,
  'mel-log': { ...MEL, compression: 'log' },
  'mel-pcen': { ...MEL, compression: 'pcen', constants: { floor: 1e-6 } },
  'mel-cubic-root': { ...MEL, compression: 'root', constants: { exponent: 1 / 3 } },
  'mel-tenth-root': { ...MEL, compression: 'root', constants: { exponent: 1 / 10 } },
  'mel-learned': { ...MEL, filterbank: 'free-mel', compression: 'log' },
  'time-domain': { ...LEAF, filterbank: 'free', pooling: 'taps', compression: 'log', partialFrames: false },
  // Conv-TasNet's encoder (arXiv 1809.07454), whose network takes the rectified outputs at every half filter; here they
  // are pooled to frames as in LEAF. The offset is the root of time-domain's: what is pooled are amplitudes, no energies.
  'short-filters': {
    ...LEAF,
    filterbank: 'short',
    rectifier: 'relu',
    compression: 'log',
    constants: { offset: Math.sqrt(1e-5) },
  },
  sincnet: {
    ...LEAF,
    filterbank: 'sinc',
    rectifier: 'leaky-relu',
    pooling: 'max',
    compression: 'layer-norm',
  },
  'sincnet-plus': { ...LEAF, filterbank: 'sinc', rectifier: 'leaky-relu', constants: { floor: 1e-6 } },
  gammatone: { ...LEAF, filterbank: 'gammatone' },
  'analytic-sinc': { ...LEAF, filterbank: 'analytic-sinc' },
  spline: { ...LEAF, filterbank: 'spline' },
  // tensorflow/models, research/audioset/yamnet: params.py and features.py. Its windows are 25 ms without the tap more
  // that windows have here, 400 samples at 16 kHz.
  yamnet: {
    ...MEL,
    rectifier: 'modulus',
    compression: 'log',
    constants: { offset: 1e-3 },
    edges: { fMin: 125, fMax: 7500 },
    channels: 64,
    windowMs: 25 - 1 / 16,
    partialFrames: false,
  },
  samples: {
    filterbank: 'samples',
    rectifier: 'none',
    pooling: 'none',
    energyFloor: 0,
    compression: 'none',
    channels: 'hop',
    windowMs: 10,
  },
} as const satisfies Record<string, System>

/** A frontend by name, as it starts before learning. */
export type PresetName = keyof typeof PRESETS

/** The names that `preset` takes. */
export const presetNames = Object.keys(PRESETS) as PresetName[]

/** Sizes that differ from the paper's. */
export interface PresetOptions {
  /** Number of filters, the system's own if left out: 40, of YAMNet 64; `samples` has its own only. */
  readonly channels?: number
  /** Hz, 16000 if left out. */
  readonly sampleRate?: number
}

const OPTIONS = ['channels', 'sampleRate']

/**
 * A frontend as the official code initialises it: windows of 25 ms every 10 ms, on the stream's frame grid
 * `poolingLeft = (K - hop) // 2`, which is the official one for signals of whole hops; time-domain and yamnet have whole
 * windows only, the first beginning with the signal; samples has the samples of each 10 ms.
 *
 * @throws LeafError `description` naming the preset that there is none of, the size that cannot be, or the option that is
 *   none
 */
export function preset(name: PresetName, options: PresetOptions = {}): FrontendDescription {
  onlyKeys(objectAt(options, 'the options'), OPTIONS, '')
  const { channels: given, sampleRate = 16000 } = options
  const system: System = PRESETS[choiceAt(name, 'preset', presetNames)]
  const { windowMs = 25 } = system
  const hopMs = 10
  const windowLength = windowLengthOf(sampleRate, windowMs)
  const hop = hopOf(sampleRate, hopMs)
  const channels = given ?? (system.channels === 'hop' ? hop : (system.channels ?? 40))
  const { energyFloor, rectifier, partialFrames = true, edges } = system
  const poolingLeft = partialFrames ? (windowLength - hop) >> 1 : 0
  const geometry: Geometry = { sampleRate, windowLength, hop, channels, poolingLeft, partialFrames }
  return parseFrontend({
    sampleRate,
    windowMs,
    hopMs,
    channels,
    filterbank: { ...filterbanks[system.filterbank].initial(geometry), ...withinBand(edges, sampleRate) },
    rectifier,
    pooling: poolings[system.pooling].initial(geometry),
    energyFloor,
    compression: { ...compressions[system.compression].initial(geometry), ...system.constants },
    alignment: partialFrames ? { poolingLeft } : { poolingLeft, partialFrames },
  })
}

/** Edges of filters, the upper one at most half the sample rate. */
function withinBand(edges: System['edges'], sampleRate: number): System['edges'] {
  return edges && { ...edges, fMax: Math.min(edges.fMax, sampleRate / 2) }
}
