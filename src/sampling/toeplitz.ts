/**
 * A factorised symmetric system (T + ridge·I + emphasis·1·1ᵀ) x = b with the Toeplitz matrix T[j][l] = row[|j - l|].
 * Plain data; float64.
 */
export interface ToeplitzSystem {
  readonly size: number
  readonly emphasis: number
  /** Diagonals of the factor below the main one. */
  readonly band: number
  /** size × (band + 1): row j of the Cholesky factor from column j - band on. */
  readonly factor: Float64Array
  /** What the factor leaves out of the system, a matrix of rank one; null if nothing. */
  readonly update: { readonly column: Float64Array; readonly scale: number } | null
}

/**
 * Factorises by Cholesky's method. A full band takes `emphasis` into the matrix: size³/6 multiply-adds. Within a
 * narrow one the matrix of ones is kept apart and comes in by the formula of Sherman and Morrison: size·band²/2.
 *
 * @param row first row of T, from the diagonal on.
 * @param band diagonals of T that are not zero beside the main one; `row.length - 1` for all.
 * @param ridge at least 0; also the least square that a pivot may have, so that rounding leads to no root of a negative.
 * @param emphasis at least 0.
 */
export function factorise(row: Float64Array, band: number, ridge: number, emphasis: number): ToeplitzSystem {
  const size = row.length
  if (band >= size - 1) {
    return { size, emphasis, band: size - 1, factor: cholesky(row, size - 1, ridge, emphasis), update: null }
  }
  const system = { size, emphasis, band, factor: cholesky(row, band, ridge, 0), update: null }
  const column = new Float64Array(size).fill(1)
  solve(system, column, 0)
  // (K + e·1·1ᵀ)⁻¹ = K⁻¹ - u uᵀ / (1/e + 1ᵀu), u = K⁻¹·1
  return { ...system, update: { column, scale: 1 / (1 / emphasis + sumOf(column)) } }
}

/** Solves the system in place, for the right side `right` + emphasis·`sum`·1. */
export function solve(
  { size, emphasis, band, factor, update }: ToeplitzSystem,
  right: Float64Array,
  sum: number,
): void {
  // The large part of the right side must not pass through the factor's division by next to nothing.
  const added = update ? update.scale * (sum - dot(update.column, right)) : emphasis * sum
  for (let j = 0; j < size; j++) right[j] += added
  const width = band + 1
  for (let j = 0; j < size; j++) {
    let sum = right[j]
    const own = j * width + band - j
    for (let m = Math.max(0, j - band); m < j; m++) sum -= factor[own + m] * right[m]
    right[j] = sum / factor[own + j]
  }
  for (let j = size - 1; j >= 0; j--) {
    let sum = right[j]
    const end = Math.min(size - 1, j + band)
    for (let m = j + 1; m <= end; m++) sum -= factor[m * width + j - m + band] * right[m]
    right[j] = sum / factor[j * width + band]
  }
}

/**
 * Column by column, four rows at a time: four sums that do not wait for each other. Every entry is summed in the order
 * of the textbook, so that its bits do not depend on how many rows go together.
 */
function cholesky(row: Float64Array, band: number, ridge: number, emphasis: number): Float64Array {
  const size = row.length
  const width = band + 1
  const factor = new Float64Array(size * width)
  for (let l = 0; l < size; l++) {
    // Index of column 0 of row l, were it stored.
    const own = l * width + band - l
    const pivot = entry(factor, own, own, Math.max(0, l - band), l, row[0] + emphasis + ridge)
    const root = Math.sqrt(Math.max(pivot, ridge))
    factor[own + l] = root
    const end = Math.min(size, l + band + 1)
    let j = l + 1
    for (; j + 3 < end; j += 4) {
      const first = j * width + band - j
      const second = first + band
      const third = second + band
      const fourth = third + band
      // The rows begin one column after the other.
      const whole = Math.max(0, j + 3 - band)
      let a = entry(factor, first, own, Math.max(0, j - band), whole, row[j - l] + emphasis)
      let b = entry(factor, second, own, Math.max(0, j + 1 - band), whole, row[j + 1 - l] + emphasis)
      let c = entry(factor, third, own, Math.max(0, j + 2 - band), whole, row[j + 2 - l] + emphasis)
      let d = row[j + 3 - l] + emphasis
      for (let m = whole; m < l; m++) {
        const value = factor[own + m]
        a -= factor[first + m] * value
        b -= factor[second + m] * value
        c -= factor[third + m] * value
        d -= factor[fourth + m] * value
      }
      factor[first + l] = a / root
      factor[second + l] = b / root
      factor[third + l] = c / root
      factor[fourth + l] = d / root
    }
    for (; j < end; j++) {
      const other = j * width + band - j
      const sum = entry(factor, other, own, Math.max(0, j - band), l, row[j - l] + emphasis)
      factor[other + l] = sum / root
    }
  }
  return factor
}

/** `start` less the products of two rows of the factor over columns `first` to before `end`. */
function entry(
  factor: Float64Array,
  own: number,
  other: number,
  first: number,
  end: number,
  start: number,
): number {
  let sum = start
  for (let m = first; m < end; m++) sum -= factor[own + m] * factor[other + m]
  return sum
}

/** Σ values. */
export function sumOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
