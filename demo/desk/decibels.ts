/** Samples that a level is taken of: about a fifth of a second. */
export const LEVEL_SIZE = 8192
/** dBFS, as of digital silence. */
const LEAST = -120

/** dBFS, root mean square. */
export function decibelsOf(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.max(LEAST, 10 * Math.log10(sum / samples.length))
}
