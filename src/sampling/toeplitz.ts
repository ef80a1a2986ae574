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

function cholesky(row: Float64Array, band: number, ridge: number, emphasis: number): Float64Array {
  const size = row.length
  const width = band + 1
  const factor = new Float64Array(size * width)
  for (let j = 0; j < size; j++) {
    // Index of column 0 of row j, were it stored.
    const own = j * width + band - j
    const first = Math.max(0, j - band)
    for (let l = first; l <= j; l++) {
      const other = l * width + band - l
      let sum = row[j - l] + emphasis + (j === l ? ridge : 0)
      for (let m = first; m < l; m++) sum -= factor[own + m] * factor[other + m]
      factor[own + l] = j === l ? Math.sqrt(Math.max(sum, ridge)) : sum / factor[other + l]
    }
  }
  return factor
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
