/** Energies between which sound lies. */
export const QUIET_LOGARITHM = -11
export const LOUD_LOGARITHM = 5

/** From nothing at the feature of a quiet sound to full at that of a loud one. */
export function linear(quiet: number, loud: number): (feature: number) => number {
  return (feature) => (feature - quiet) / (loud - quiet)
}
