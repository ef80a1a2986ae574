import { cos, sin } from './elementary.ts'

/** A Fourier transform of a power of two of complex points, in place: X[k] = Σ x[n] exp(-2πi kn / points). */
export class Fourier {
  readonly points: number
  readonly #cosine: Float64Array
  readonly #sine: Float64Array

  constructor(points: number) {
    this.points = points
    const turns = Math.max(1, points / 2)
    this.#cosine = Float64Array.from({ length: turns }, (_, k) => cos((2 * Math.PI * k) / points))
    this.#sine = Float64Array.from({ length: turns }, (_, k) => sin((2 * Math.PI * k) / points))
  }

  transform(real: Float64Array, imaginary: Float64Array): void {
    reverseBits(real)
    reverseBits(imaginary)
    const { points } = this
    for (let half = 1; half < points; half *= 2) {
      const turn = points / (2 * half)
      for (let k = 0; k < half; k++) {
        const c = this.#cosine[k * turn]
        const s = this.#sine[k * turn]
        for (let a = k; a < points; a += 2 * half) {
          const b = a + half
          const re = c * real[b] + s * imaginary[b]
          const im = c * imaginary[b] - s * real[b]
          real[b] = real[a] - re
          imaginary[b] = imaginary[a] - im
          real[a] += re
          imaginary[a] += im
        }
      }
    }
  }

  /** The inverse of `transform`: the same with real and imaginary parts exchanged, over the number of points. */
  inverse(real: Float64Array, imaginary: Float64Array): void {
    this.transform(imaginary, real)
    for (let n = 0; n < this.points; n++) {
      real[n] /= this.points
      imaginary[n] /= this.points
    }
  }
}

/** The least power of two that is at least `count`. */
export function powerOfTwo(count: number): number {
  let points = 1
  while (points < count) points *= 2
  return points
}

function reverseBits(values: Float64Array): void {
  for (let i = 1, j = 0; i < values.length; i++) {
    let bit = values.length >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) [values[i], values[j]] = [values[j], values[i]]
  }
}
