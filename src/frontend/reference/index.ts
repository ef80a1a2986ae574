import type { Compression } from '../compression/index.ts'
import { type CompressionDescription, compressions } from '../compression/index.ts'
import { type FrontendDescription, geometryOf } from '../description.ts'
import type { Features } from './features.ts'
import { melEnergies } from './mel.ts'
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
  const family: Compression<CompressionDescription> = compressions[compression.kind]
  const floored = energyFloor > 0 ? values.map((energy) => Math.max(energy, energyFloor)) : values
  return { frames, channels, values: family.apply(compression, floored, channels) }
}

/** The energies before floor and compression (z), frames × channels. */
export function pooledEnergies(frontend: FrontendDescription, signal: ArrayLike<number>): Features {
  const { filterbank, pooling, rectifier } = frontend
  const geometry = geometryOf(frontend)
  if (filterbank.kind === 'mel') return melEnergies(filterbank, geometry, signal)
  // A description is refused when a time-domain filterbank has no pooling.
  if (pooling.kind === 'none') throw new Error('No pooling.')
  return filteredEnergies({ filterbank, rectifier, pooling }, geometry, signal)
}
