/** What becomes of a filter's output before it is pooled. */
export type Rectifier = (typeof rectifiers)[number]

export const rectifiers = ['squared-modulus', 'modulus', 'leaky-relu', 'none'] as const

/** Slope of the leaky rectifier below zero (leaf-audio `frontend.py`, `SincNet`). */
export const LEAKY_SLOPE = 0.2

/** |y|², |y|, the leaky rectifier of the real part, or the real part as it is. */
export function rectify(rectifier: Rectifier, real: number, imaginary: number): number {
  if (rectifier === 'squared-modulus') return real * real + imaginary * imaginary
  if (rectifier === 'modulus') return Math.sqrt(real * real + imaginary * imaginary)
  return rectifier === 'none' || real > 0 ? real : LEAKY_SLOPE * real
}
