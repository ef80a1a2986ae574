import { cos, sin } from './elementary.ts'

/**
 * The discrete Fourier transform in float64, of any number of points without a prime factor above 5: for designing and
 * drawing filters, not for sound, which the kernel transforms. Stockham's algorithm: no reordering, one scratch area.
 */
export class Fourier {
  readonly points: number
  readonly #cosine: Float64Array
  readonly #sine: Float64Array
  readonly #scratch: readonly [Float64Array, Float64Array]
  /** Of the output being summed: cosine and sine that each of its inputs is multiplied by. */
  readonly #factors = new Float64Array(2 * LARGEST_RADIX)

  constructor(points: number) {
    if (!isSmooth(points))
      throw new RangeError(`A transform of ${points} points is not made of stages of 2 to 5 points.`)
    this.points = points
    this.#cosine = Float64Array.from({ length: points }, (_, k) => cos((2 * Math.PI * k) / points))
    this.#sine = Float64Array.from({ length: points }, (_, k) => sin((2 * Math.PI * k) / points))
    this.#scratch = [new Float64Array(points), new Float64Array(points)]
  }

  /** X[k] = Σ x[n] exp(-2πi kn / points), in place. With the two arrays exchanged the exponent's sign is +. */
  transform(real: Float64Array, imaginary: Float64Array): void {
    let [fromRe, fromIm] = [real, imaginary]
    let [toRe, toIm] = this.#scratch
    let run = 1
    for (const radix of radicesOf(this.points)) {
      this.#stage(radix, run, fromRe, fromIm, toRe, toIm)
      ;[fromRe, fromIm, toRe, toIm] = [toRe, toIm, fromRe, fromIm]
      run *= radix
    }
    if (fromRe === real) return
    real.set(fromRe)
    imaginary.set(fromIm)
  }

  /** The inverse of `transform`: the same with real and imaginary parts exchanged, over the number of points. */
  inverse(real: Float64Array, imaginary: Float64Array): void {
    this.transform(imaginary, real)
    for (let n = 0; n < this.points; n++) {
      real[n] /= this.points
      imaginary[n] /= this.points
    }
  }

  #stage(
    radix: number,
    run: number,
    fromRe: Float64Array,
    fromIm: Float64Array,
    toRe: Float64Array,
    toIm: Float64Array,
  ): void {
    const { points } = this
    const [cosine, sine, factors] = [this.#cosine, this.#sine, this.#factors]
    const sets = points / run / radix
    for (let p = 0; p < sets; p++) {
      for (let k = 0; k < radix; k++) {
        // Butterfly exp(-2πi jk / radix) and twiddle exp(-2πi pk run / points) in one root of unity of the whole size.
        let root = p * k * run
        for (let j = 0; j < radix; j++) {
          factors[2 * j] = cosine[root]
          factors[2 * j + 1] = -sine[root]
          root += (k * points) / radix
          while (root >= points) root -= points
        }
        const target = run * (radix * p + k)
        for (let q = 0; q < run; q++) {
          let sumRe = 0
          let sumIm = 0
          let source = q + run * p
          for (let j = 0; j < radix; j++) {
            const c = factors[2 * j]
            const s = factors[2 * j + 1]
            sumRe += fromRe[source] * c - fromIm[source] * s
            sumIm += fromRe[source] * s + fromIm[source] * c
            source += run * sets
          }
          toRe[target + q] = sumRe
          toIm[target + q] = sumIm
        }
      }
    }
  }
}

const LARGEST_RADIX = 5

/** True when n has no prime factor above 5. */
export function isSmooth(n: number): boolean {
  if (!(n >= 1)) return false
  for (const prime of [2, 3, 5]) while (n % prime === 0) n /= prime
  return n === 1
}

/** The radices of the stages of a transform, 2 to 5; fours come first, being cheapest. */
export function radicesOf(points: number): number[] {
  const radices: number[] = []
  for (const radix of [4, LARGEST_RADIX, 3, 2]) {
    while (points % radix === 0 && points > 1) {
      radices.push(radix)
      points /= radix
    }
  }
  return radices
}

/** The least power of two that is at least `count`. */
export function powerOfTwo(count: number): number {
  let points = 1
  while (points < count) points *= 2
  return points
}
