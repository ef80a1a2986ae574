import type { PcenCompression } from './compression/index.ts'
import type { FrontendDescription } from './description.ts'

/**
 * A frontend that does to a sound what another with PCEN does to the sound raised by √gain, its energies by `gain`, so
 * that a gain in front in training needs nothing of the kind live: both floors are divided by the gain, and δ is times
 * gain^(α-1). Features are those of the other times gain^((α-1)/r), exactly, a factor on each channel that a classifier
 * which normalises its channels takes away again.
 */
export function behindGain<Frontend extends FrontendDescription & { readonly compression: PcenCompression }>(
  frontend: Frontend,
  gain: number,
): Frontend {
  const { energyFloor, compression } = frontend
  const { alpha, delta, floor } = compression
  return {
    ...frontend,
    energyFloor: energyFloor / gain,
    compression: {
      ...compression,
      delta: delta.map((value, n) => value * gain ** (alpha[n] - 1)),
      floor: floor / gain,
    },
  }
}
