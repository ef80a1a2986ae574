import { compressionOf, type FrontendDescription } from '../frontend/index.ts'

/** Amplitude of the tones the accuracy is meant for: two of them reach full scale together. */
const TONE = 0.5
/** Stands in for the floor where there is none: 70 dB below the pooled energy of such a tone. */
const NO_FLOOR = 1e-7

/**
 * Amplitude response at which a half-scale tone just reaches the energy floor, or the offset of a logarithm: what a
 * filter makes of tones that it passes more weakly cannot be told from silence. A tone A·cos(ωt) has, behind a complex
 * filter of response H, the energy A²/4·|H|², of which the window pools Σ|w|.
 */
export function leastAmplitude(
  { compression, energyFloor }: Pick<FrontendDescription, 'compression' | 'energyFloor'>,
  window: Float64Array,
): number {
  const toneEnergy = ((TONE * TONE) / 4) * window.reduce((total, weight) => total + Math.abs(weight), 0)
  const floor = energyFloor || compressionOf(compression).leastEnergy(compression) || NO_FLOOR * toneEnergy
  return Math.sqrt(floor / toneEnergy)
}
