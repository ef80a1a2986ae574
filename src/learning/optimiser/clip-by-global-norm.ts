import type { Numbers } from './adamw.ts'

/**
 * Shortens gradients, taken together as one vector, to a Euclidean length of at most `longest`, in place (Pascanu,
 * Mikolov, Bengio, 2013).
 *
 * @returns the length they had; NaN or infinite when one of them is not a finite number, and then nothing is changed
 */
export function clipByGlobalNorm(gradients: readonly Numbers[], longest: number): number {
  let squares = 0
  for (const gradient of gradients) {
    for (let i = 0; i < gradient.length; i++) squares += gradient[i] * gradient[i]
  }
  const length = Math.sqrt(squares)
  if (length > longest && length < Number.POSITIVE_INFINITY) {
    for (const gradient of gradients) {
      for (let i = 0; i < gradient.length; i++) gradient[i] *= longest / length
    }
  }
  return length
}
