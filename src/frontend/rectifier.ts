/**
 * Slope below zero of rectifiers of the real part; null where it is the modulus of both parts. That of the leaky one is
 * from leaf-audio `frontend.py`, `SincNet`.
 */
const SLOPES = { 'squared-modulus': null, modulus: null, 'leaky-relu': 0.2, relu: 0, none: 1 } as const

/** What becomes of a filter's output before it is pooled. */
export type Rectifier = keyof typeof SLOPES

export const rectifiers = Object.keys(SLOPES) as Rectifier[]

/** Factor of negative real parts, 1 for none; null for a modulus. */
export function slopeBelowZero(rectifier: Rectifier): number | null {
  return SLOPES[rectifier]
}

/** |y|², |y|, the real part with nothing or a fifth of what is below zero, or the real part as it is. */
export function rectify(rectifier: Rectifier, real: number, imaginary: number): number {
  const slope = SLOPES[rectifier]
  if (slope !== null) return real > 0 ? real : slope * real
  const power = real * real + imaginary * imaginary
  return rectifier === 'modulus' ? Math.sqrt(power) : power
}
