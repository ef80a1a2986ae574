import { type Compression, compress, onlyChannels } from '../../frontend/index.ts'

/** Pooled energies of the curves, decibels. */
export const LEAST_ENERGY_DB = -50
export const MOST_ENERGY_DB = 20
const POINTS = 96

/** Feature values at energies that rise evenly, in decibels, from the least to the most. */
export interface Transfer {
  readonly decibels: Float64Array
  readonly values: Float64Array
}

/**
 * What a compression makes of a channel's energy.
 * @param background energy in decibels of the frame before, in which a smoother has settled; absent: it has settled in
 * the energy itself, as in a steady sound
 * @param energyFloor least energy that reaches the compression
 */
export function transfer(
  compression: Compression,
  channel: number,
  energyFloor: number,
  background?: number,
): Transfer {
  // As many channels like this one as there are energies, each with its own: all are computed at once.
  const alike = onlyChannels(compression, new Array<number>(POINTS).fill(channel))
  const decibels = Float64Array.from(
    { length: POINTS },
    (_, i) => LEAST_ENERGY_DB + (i * (MOST_ENERGY_DB - LEAST_ENERGY_DB)) / (POINTS - 1),
  )
  const before = background === undefined ? [] : new Array<number>(POINTS).fill(background)
  const energies = Float64Array.from([...before, ...decibels], (decibel) =>
    Math.max(10 ** (decibel / 10), energyFloor),
  )
  return { decibels, values: compress(alike, energies, POINTS).subarray(before.length) }
}
