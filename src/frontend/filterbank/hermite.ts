/** What a cubic Hermite spline has at its inner knots; at the first and the last knot value and slope are 0. */
export interface HermiteKnots {
  readonly values: ArrayLike<number>
  /** Per knot interval. */
  readonly slopes: ArrayLike<number>
}

/** What each of the four cubics of an interval is at a place in it: of its left knot's value and slope, of its right's. */
type Cubics = (x: number) => readonly [number, number, number, number]

/** Each has one of both values and both slopes 1 and the others 0. */
const cubics: Cubics = (x) => {
  const y = 1 - x
  return [y * y * (1 + 2 * x), x * y * y, x * x * (1 + 2 * y), -x * x * y]
}

const slopesOfCubics: Cubics = (x) => {
  const y = 1 - x
  return [-6 * x * y, y * (y - 2 * x), 6 * x * y, x * (x - 2 * y)]
}

/** The spline at a position in knot intervals from its first knot; 0 beyond its ends. */
export function hermite(knots: HermiteKnots, position: number): number {
  return combined(knots, position, cubics)
}

/** Its slope there, per knot interval. */
export function hermiteSlope(knots: HermiteKnots, position: number): number {
  return combined(knots, position, slopesOfCubics)
}

function combined({ values, slopes }: HermiteKnots, position: number, of: Cubics): number {
  const last = values.length + 1
  if (position <= 0 || position >= last) return 0
  // Inner knot k is the spline's knot k + 1.
  const right = Math.floor(position)
  const [leftValue, leftSlope, rightValue, rightSlope] = of(position - right)
  let sum = 0
  if (right > 0) sum += leftValue * values[right - 1] + leftSlope * slopes[right - 1]
  if (right + 1 < last) sum += rightValue * values[right] + rightSlope * slopes[right]
  return sum
}

/** Adds ∂L/∂knots to `sums`, from ∂L/∂spline at a position: the adjoint of `hermite`. */
export function addKnotGradient(
  sums: { readonly values: Float64Array; readonly slopes: Float64Array },
  position: number,
  outer: number,
): void {
  const last = sums.values.length + 1
  if (position <= 0 || position >= last) return
  const right = Math.floor(position)
  const [leftValue, leftSlope, rightValue, rightSlope] = cubics(position - right)
  if (right > 0) {
    sums.values[right - 1] += leftValue * outer
    sums.slopes[right - 1] += leftSlope * outer
  }
  if (right + 1 < last) {
    sums.values[right] += rightValue * outer
    sums.slopes[right] += rightSlope * outer
  }
}
