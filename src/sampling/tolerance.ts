/**
 * How closely sampled energies have to follow those at every sample, and how the weights are found. What each constant
 * costs, and what it leaves of the error, is printed by `npm run sampling`.
 */
export interface Tolerance {
  /** Largest standard error of a pooled energy for white noise, as a share of its mean. */
  readonly largestError: number
  /** Largest share of a pooled energy by which two tones may beat into it through the sampling. */
  readonly largestAlias: number
  /** A pooling window lets beats through up to where its spectrum has fallen to this share of its value at 0. */
  readonly passedBeat: number
  /** A filter's bins are dropped below this share of the amplitude response that lifts a tone to the energy floor. */
  readonly dropped: number
  /**
   * Two energies count as uncorrelated below this share of the variance: then the weights' system has a narrow band.
   * 0: none do, and the system is solved whole.
   */
  readonly uncorrelated: number
  /** Nodes before the window's start, and behind its end, that may carry weight: they mend the window's jumps. */
  readonly extraNodes: number
  /** How much more the weights' sum counts than white noise would make it: steady tones see nothing but the sum. */
  readonly sumEmphasis: number
  /** Share of the energies' variance added to the system's diagonal, which is singular where nodes are dense. */
  readonly ridge: number
}

const shared = { largestAlias: 1e-4, passedBeat: 1e-2, extraNodes: 5, sumEmphasis: 1e3, ridge: 1e-10 }

export const live: Tolerance = {
  ...shared,
  largestError: 2.5e-7,
  dropped: 3e-3,
  uncorrelated: 0,
}

export const learning: Tolerance = {
  ...shared,
  largestError: 1e-5,
  dropped: 0.1,
  uncorrelated: 1e-10,
}
