import type { CompressionGradient } from './family.ts'
import type { PcenCompression } from './pcen-description.ts'

/**
 * Least number whose root is differentiated: below it the slope at this number is taken, because the slope of
 * x^(1/r) grows without bound towards 0. Where there is no energy the two roots' slopes then cancel, as they should.
 */
const LEAST_ROOTED = 1e-6
/** So that the slopes at an offset are finite in 32 bits, too. */
const LEAST_OFFSET = 1e-30

/** The same with an offset δ: nothing that is rooted lies below it, so that a small one needs no other slope. */
export function leastRooted(delta: number): number {
  return delta > LEAST_OFFSET ? Math.min(delta, LEAST_ROOTED) : LEAST_ROOTED
}

/** ∂(x^(1/r))/∂x = x^(1/r) / (r x), from x ≥ `least` on, and x^(1/r) ln x, which is 0 at 0. */
function rootAt(
  x: number,
  root: number,
  least: number,
): { readonly slope: number; readonly logarithmic: number } {
  if (x < least) {
    const logarithmic = x > 0 ? x ** (1 / root) * Math.log(x) : 0
    return { slope: least ** (1 / root - 1) / root, logarithmic }
  }
  const logarithm = Math.log(x)
  const value = Math.exp(logarithm / root)
  return { slope: value / (root * x), logarithmic: value * logarithm }
}

/**
 * The adjoint of PCEN with P = E / (floor + M)^α and B = P + δ: the root, the gain, then the smoother backwards in
 * time, a[t] = ∂L/∂M[t] + (1-s)·a[t+1]. Frame 0 also receives (1-s)·a[0], for M[-1] = E[0].
 * All parameters' gradients are finite whatever their bounds allow, δ = 0 included.
 */
export function pcenGradient(
  { alpha, delta, root, smooth, floor }: PcenCompression,
  energies: Float64Array,
  outputGradients: Float64Array,
  channels: number,
): CompressionGradient {
  const frames = energies.length / channels
  const gradients = new Float64Array(energies.length)
  const [alphas, deltas, roots, smooths] = Array.from({ length: 4 }, () => new Float64Array(channels))
  const smoother = new Float64Array(frames)
  for (let n = 0; n < channels; n++) {
    let state = energies[n]
    for (let t = 0; t < frames; t++) {
      state = smooth[n] * energies[t * channels + n] + (1 - smooth[n]) * state
      smoother[t] = state
    }
    const least = leastRooted(delta[n])
    const ofDelta = rootAt(delta[n], root[n], least)
    let carried = 0
    for (let t = frames - 1; t >= 0; t--) {
      const i = t * channels + n
      const gradient = outputGradients[i]
      const level = floor + smoother[t]
      const logarithm = Math.log(level)
      const gain = Math.exp(-alpha[n] * logarithm)
      const normalised = energies[i] * gain
      const ofRooted = rootAt(normalised + delta[n], root[n], least)
      const inner = gradient * ofRooted.slope
      alphas[n] -= inner * normalised * logarithm
      deltas[n] += gradient * (ofRooted.slope - ofDelta.slope)
      roots[n] -= (gradient * (ofRooted.logarithmic - ofDelta.logarithmic)) / (root[n] * root[n])
      carried = (1 - smooth[n]) * carried - (inner * alpha[n] * normalised) / level
      const before = t > 0 ? smoother[t - 1] : energies[n]
      smooths[n] += carried * (energies[i] - before)
      gradients[i] = inner * gain + smooth[n] * carried
    }
    if (frames > 0) gradients[n] += (1 - smooth[n]) * carried
  }
  return { energies: gradients, parameters: [alphas, deltas, roots, smooths] }
}
