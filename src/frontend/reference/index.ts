import { compress } from '../compression/index.ts'
import { type FrontendDescription, geometryOf } from '../description.ts'
import { filterbankOf } from '../filterbank/index.ts'
import type { Features } from './features.ts'
import { framedSamples } from './samples.ts'
import { spectralEnergies } from './spectral.ts'
import { filteredEnergies } from './time.ts'

export type { Features } from './features.ts'

/**
 * The frontend as the paper and the official code write it, for a whole signal, in float64 and without any
 * shortcut: slow (about half a second for each second of audio) and the oracle for everything else.
 *
 * @param signal samples at the frontend's own rate.
 */
export function reference(frontend: FrontendDescription, signal: ArrayLike<number>): Features {
  const { frames, channels, values } = pooledEnergies(frontend, signal)
  const { compression, energyFloor } = frontend
  const floored = energyFloor > 0 ? values.map((energy) => Math.max(energy, energyFloor)) : values
  return { frames, channels, values: compress(compression, floored, channels) }
}

/** The energies before floor and compression (z), frames × channels; of `samples` the samples. */
export function pooledEnergies(frontend: FrontendDescription, signal: ArrayLike<number>): Features {
  const { filterbank } = frontend
  const geometry = geometryOf(frontend)
  const family = filterbankOf(filterbank)
  switch (family.domain) {
    case 'frequency':
      return spectralEnergies(family, frontend, geometry, signal)
    case 'time':
      return filteredEnergies(family, frontend, geometry, signal)
    case 'samples':
      return framedSamples(geometry, signal)
  }
}
