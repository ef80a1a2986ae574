/** Per-channel energy normalisation with every parameter its own per channel (LEAF's sPCEN, section 3.3). */
export interface PcenCompression {
  readonly kind: 'pcen'
  /** Strength of the gain control, at most 1. */
  readonly alpha: readonly number[]
  /** Offset before the root, at least 0: below, the root of a negative number would be taken. */
  readonly delta: readonly number[]
  /** Root, at least 1: the exponent is 1 / root. */
  readonly root: readonly number[]
  /** Weight of the newest frame in the smoother, 0 to 1. */
  readonly smooth: readonly number[]
  /** Added to the smoother's output. */
  readonly floor: number
}
