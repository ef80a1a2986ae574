import { cos, sin } from '../frontend/index.ts'

/** Stages of a Stockham transform as the kernel runs them: exponent sign +, result in natural order. */
export interface FourierStages {
  /** For each stage: radix, number of twiddle sets, run length; three numbers a stage. */
  readonly shape: Int32Array
  /** For each stage and twiddle set p: cosine and sine of 2π p k / n for k from 1 to radix - 1. */
  readonly twiddles: Float32Array | Float64Array
}

/** What the kernel needs to transform `size` real samples, in float64. */
export interface SpectrumPlan {
  readonly size: number
  readonly stages: FourierStages
  /** For k from 0 to size/4: cosine and sine of 2π k / size. */
  readonly roots: Float64Array
}

/** True when n has no prime factor above 5: the kernel's radices are 2 to 5. */
export function isSmooth(n: number): boolean {
  for (const prime of [2, 3, 5]) while (n % prime === 0) n /= prime
  return n === 1
}

function radicesOf(points: number): number[] {
  const radices: number[] = []
  for (const radix of [4, 5, 3, 2]) {
    while (points % radix === 0 && points > 1) {
      radices.push(radix)
      points /= radix
    }
  }
  return radices
}

/** Stages of `run` interleaved transforms of `points` points, to be computed in the precision of `twiddles`. */
export function fourierStages(
  points: number,
  run: number,
  twiddles: Float32ArrayConstructor | Float64ArrayConstructor = Float32Array,
): FourierStages {
  const radices = radicesOf(points)
  const shape = new Int32Array(radices.length * 3)
  const factors: number[] = []
  let n = points
  radices.forEach((radix, stage) => {
    const sets = n / radix
    shape.set([radix, sets, run], stage * 3)
    for (let p = 0; p < sets; p++) {
      for (let k = 1; k < radix; k++) {
        factors.push(cos((2 * Math.PI * p * k) / n), sin((2 * Math.PI * p * k) / n))
      }
    }
    n = sets
    run *= radix
  })
  return { shape, twiddles: new twiddles(factors) }
}

/** @param size a multiple of 8 whose quarter has no prime factor above 5. */
export function spectrumPlan(size: number): SpectrumPlan {
  const roots = new Float64Array((size / 4 + 1) * 2)
  for (let k = 0; k <= size / 4; k++) {
    const angle = (2 * Math.PI * k) / size
    roots.set([cos(angle), sin(angle)], 2 * k)
  }
  return { size, stages: fourierStages(size / 4, 1, Float64Array), roots }
}

/** Twiddles of a last butterfly of radix 5 over `points` points: for each point and p from 1 to 4 cosine and sine. */
export function fifthTwiddles(points: number): Float32Array {
  const twiddles = new Float32Array(points * 8)
  for (let k = 0; k < points; k++) {
    for (let p = 1; p < 5; p++) {
      const angle = (2 * Math.PI * p * k) / (5 * points)
      twiddles.set([cos(angle), sin(angle)], k * 8 + (p - 1) * 2)
    }
  }
  return twiddles
}

const roots = new Map<number, { cosine: Float64Array; sine: Float64Array }>()

function rootsOfUnity(size: number): { cosine: Float64Array; sine: Float64Array } {
  let table = roots.get(size)
  if (!table) {
    const angle = (i: number) => (2 * Math.PI * i) / size
    table = {
      cosine: Float64Array.from({ length: size }, (_, i) => cos(angle(i))),
      sine: Float64Array.from({ length: size }, (_, i) => sin(angle(i))),
    }
    roots.set(size, table)
  }
  return table
}

/**
 * Discrete Fourier transform in float64, for designing plans: any size without large prime factors is fast.
 *
 * @param sign of the exponent. @returns new arrays, no scaling.
 */
export function fourier(
  re: Float64Array,
  im: Float64Array,
  sign: 1 | -1,
): { re: Float64Array; im: Float64Array } {
  const size = re.length
  const { cosine, sine } = rootsOfUnity(size)
  let from = { re: Float64Array.from(re), im: Float64Array.from(im) }
  let to = { re: new Float64Array(size), im: new Float64Array(size) }
  let run = 1
  for (const radix of radicesOf(size)) {
    const sets = size / run / radix
    for (let p = 0; p < sets; p++) {
      for (let q = 0; q < run; q++) {
        for (let k = 0; k < radix; k++) {
          let sumRe = 0
          let sumIm = 0
          for (let j = 0; j < radix; j++) {
            // Butterfly e^{2πi jk/radix} and twiddle e^{2πi pk/n} in one root of unity of the whole size.
            const root = (j * k * (size / radix) + p * k * run) % size
            const source = q + run * (p + sets * j)
            const c = cosine[root]
            const s = sign * sine[root]
            sumRe += from.re[source] * c - from.im[source] * s
            sumIm += from.re[source] * s + from.im[source] * c
          }
          const target = q + run * (radix * p + k)
          to.re[target] = sumRe
          to.im[target] = sumIm
        }
      }
    }
    ;[from, to] = [to, from]
    run *= radix
  }
  return from
}
