/** The sound whose features have to be the same in every browser: a second and a half of noise. */
export const NOISE_SEED = 1
/** Hz */
export const NOISE_RATE = 48000
/** Samples */
export const NOISE_LENGTH = 72000
