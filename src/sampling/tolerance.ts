/**
 * How closely sampled energies have to follow those at every sample, and how the weights are found. `npm run sampling`
 * sweeps every one of these around its value: the errors of features that it leaves, and what it costs. README.md tells
 * what the sweeps show.
 */
export interface Tolerance {
  /** Largest standard error of a pooled energy for white noise, as a share of its mean. */
  readonly largestError: number
  /** Amplitude response, as a share of that which lifts a tone to the energy floor, below which bins are dropped. */
  readonly dropped: number
  /**
   * Two energies count as uncorrelated below this share of the variance: then the weights' system has a narrow band.
   * 0: none do, and the system is solved whole.
   */
  readonly uncorrelated: number
  /** Largest beat of two tones, as a share of their energy, that may alias onto one that the window lets through. */
  readonly largestAlias: number
  /** A pooling window lets beats through up to where its spectrum has fallen to this share of its value at 0. */
  readonly passedBeat: number
  /** Largest beat of two tones, as a share of their energy, by which the weights found may differ from the window. */
  readonly largestImage: number
  /** Nodes before the window's start, and behind its end, that may carry weight: they mend the window's jumps. */
  readonly extraNodes: number
  /** How much more the weights' sum counts than white noise would make it: steady tones see nothing but the sum. */
  readonly sumEmphasis: number
  /** Share of the energies' variance added to the system's diagonal, which is singular where nodes are dense. */
  readonly ridge: number
}

/**
 * What stream and learning have in common; fitted with `npm run sampling`. The ridge is as small as float64 bears: at a
 * thousandth of it the factor is made of rounding.
 */
const shared = { largestAlias: 1e-4, passedBeat: 1e-2, extraNodes: 5, sumEmphasis: 1e3, ridge: 1e-10 }

/**
 * For features within 2e-4 of the reference, whatever the compression, unless the sound grows by 50 dB and more within a
 * hop, as the room's README tells. The error for noise is so small for the sake of sounds that begin at a window's end,
 * which err some hundred times as much. Fitted with `npm run sampling`; below this image the keywords model would not get
 * the bits that it has learned from (`test/engine/live-bits.test.ts`).
 */
export const live: Tolerance = {
  ...shared,
  largestError: 2.5e-7,
  largestImage: 2.5e-2,
  dropped: 3e-3,
  uncorrelated: 0,
}

/**
 * For gradients within 1e-3 of their largest entry, behind PCEN, which divides an energy by those before it. Fitted
 * with `npm run sampling`. Filters change at every step, and a narrow band makes their systems cheap; what it leaves out
 * is a hundredth of the ridge, so that the system stays positive.
 */
export const learning: Tolerance = {
  ...shared,
  largestError: 1e-5,
  largestImage: 1.5e-2,
  dropped: 0.1,
  uncorrelated: shared.ridge / 100,
}
