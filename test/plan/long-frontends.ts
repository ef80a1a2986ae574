import {
  type FrontendDescription,
  filterbanks,
  type Geometry,
  hopOf,
  parseFrontend,
  poolings,
  preset,
  windowLengthOf,
} from '../../src/frontend/index.ts'

/** Sizes of a frontend of time-domain filters that are not those of the presets. */
export interface Sizes {
  readonly filterbank: 'gabor' | 'gammatone' | 'sinc' | 'free'
  readonly pooling?: 'gaussian' | 'taps' | 'max'
  readonly sampleRate: number
  readonly windowMs: number
  readonly hopMs: number
  readonly channels: number
}

/** A legal frontend of any size, its parts as they start. */
export function sized(sizes: Sizes): FrontendDescription {
  const { filterbank, pooling = 'gaussian', sampleRate, windowMs, hopMs, channels } = sizes
  const windowLength = windowLengthOf(sampleRate, windowMs)
  const hop = hopOf(sampleRate, hopMs)
  const poolingLeft = (windowLength - hop) >> 1
  const geometry: Geometry = { sampleRate, windowLength, hop, channels, poolingLeft, partialFrames: true }
  return parseFrontend({
    sampleRate,
    windowMs,
    hopMs,
    channels,
    filterbank: filterbanks[filterbank].initial(geometry),
    rectifier: 'squared-modulus',
    pooling: poolings[pooling].initial(geometry),
    energyFloor: 1e-5,
    compression: preset('mel-log').compression,
    alignment: { poolingLeft },
  })
}

/** One of whose frames hundreds have windows that begin before the sound. */
export const longGammatone = sized({
  filterbank: 'gammatone',
  sampleRate: 16000,
  windowMs: 500,
  hopMs: 1,
  channels: 64,
})

/** One that takes several times as long to compute as its sound lasts. */
export const heavyGabor = sized({
  filterbank: 'gabor',
  pooling: 'max',
  sampleRate: 192000,
  windowMs: 25,
  hopMs: 1,
  channels: 512,
})
