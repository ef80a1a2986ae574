import { cos, sin } from '../elementary.ts'
import type { Geometry } from '../geometry.ts'

/**
 * The ideal band-pass h(t) = 2 f₂ sinc(2 f₂ t) - 2 f₁ sinc(2 f₁ t) over its largest tap, at t = n / sampleRate,
 * n from -(K // 2). With width w = f₂ - f₁ and sum s = f₁ + f₂ it is 2 w sinc(w t) cos(π s t): nothing cancels
 * however narrow the band, the largest tap is the middle one, 2 w, and w drops out. Edges that have passed each
 * other turn the sign, and then the largest tap has to be looked for.
 */
export function bandPass(lower: number, upper: number, geometry: Geometry): Float64Array {
  const half = geometry.windowLength >> 1
  const { shape, largest } = halfShape(lower, upper, half, geometry.sampleRate)
  return Float64Array.from(
    { length: geometry.windowLength },
    (_, j) => shape[Math.abs(j - half)] / shape[largest],
  )
}

/** ∂L/∂edges from ∂L/∂taps, `upper` taken as free of any bound. */
export function bandPassGradient(
  lower: number,
  upper: number,
  tapGradients: Float64Array,
  { windowLength, sampleRate }: Geometry,
): { readonly lower: number; readonly upper: number } {
  const half = windowLength >> 1
  const { shape, largest, sign } = halfShape(lower, upper, half, sampleRate)
  const derivatives = (n: number) => {
    const t = n / sampleRate
    const x = Math.PI * (upper - lower) * t
    const phase = Math.PI * (upper + lower) * t
    return {
      byWidth: sign * Math.PI * t * sincSlope(x) * cos(phase),
      bySum: -sign * Math.PI * t * sincOf(x) * sin(phase),
    }
  }
  const scale = shape[largest]
  const atLargest = derivatives(largest)
  let byWidth = 0
  let bySum = 0
  for (let n = 0; n <= half; n++) {
    // The taps at n and -n are one; an even number of taps lacks the last positive one.
    let gradient = tapGradients[half - n]
    if (n > 0 && half + n < windowLength) gradient += tapGradients[half + n]
    const here = derivatives(n)
    const normalised = shape[n] / scale
    byWidth += (gradient * (here.byWidth - normalised * atLargest.byWidth)) / scale
    bySum += (gradient * (here.bySum - normalised * atLargest.bySum)) / scale
  }
  return { lower: bySum - byWidth, upper: bySum + byWidth }
}

/** ±sinc(w t) cos(π s t) at t = 0 to half, its sign, and where it is largest. */
function halfShape(lower: number, upper: number, half: number, sampleRate: number) {
  const sign = upper >= lower ? 1 : -1
  const shape = new Float64Array(half + 1)
  let largest = 0
  for (let n = 0; n <= half; n++) {
    const t = n / sampleRate
    shape[n] = sign * sincOf(Math.PI * (upper - lower) * t) * cos(Math.PI * (upper + lower) * t)
    if (shape[n] > shape[largest]) largest = n
  }
  return { shape, largest, sign }
}

/** sin x / x. */
function sincOf(x: number): number {
  return x === 0 ? 1 : sin(x) / x
}

/** The derivative of sin x / x; near 0, where (x cos x - sin x) / x² cancels, its series. */
function sincSlope(x: number): number {
  if (Math.abs(x) > 0.5) return (x * cos(x) - sin(x)) / (x * x)
  let sum = 1
  // -x/3 (1 - x²/(2·5) (1 - x²/(4·7) (1 - …))), the innermost bracket first.
  for (let k = 7; k > 0; k--) sum = 1 - (x * x * sum) / (2 * k * (2 * k + 3))
  return (-x / 3) * sum
}
