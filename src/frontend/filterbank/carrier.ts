import { cos, sin } from '../elementary.ts'

/**
 * cos(angle · t) and sin(angle · t) at t = 0 to `last`, by turning: what this loses in some hundred steps is no more
 * than what angle · t loses when it is rounded.
 */
export function carrier(angle: number, last: number): { cosine: Float64Array; sine: Float64Array } {
  const cosine = new Float64Array(last + 1)
  const sine = new Float64Array(last + 1)
  const turnCosine = cos(angle)
  const turnSine = sin(angle)
  cosine[0] = 1
  for (let t = 1; t <= last; t++) {
    cosine[t] = cosine[t - 1] * turnCosine - sine[t - 1] * turnSine
    sine[t] = cosine[t - 1] * turnSine + sine[t - 1] * turnCosine
  }
  return { cosine, sine }
}
