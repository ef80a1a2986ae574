import { cos, radicesOf, sin } from '../frontend/index.ts'

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
