import fc from 'fast-check'
import { expect, test } from 'vitest'
import { factorise, solve } from '../../src/sampling/toeplitz.ts'

/** Solves a dense system by Gauss's elimination, the largest pivot first. */
function eliminated(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, j) => [...row, right[j]])
  const n = rows.length
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let j = column; j < n; j++) if (Math.abs(rows[j][column]) > Math.abs(rows[pivot][column])) pivot = j
    ;[rows[column], rows[pivot]] = [rows[pivot], rows[column]]
    for (let j = column + 1; j < n; j++) {
      const factor = rows[j][column] / rows[column][column]
      for (let l = column; l <= n; l++) rows[j][l] -= factor * rows[column][l]
    }
  }
  const solution = new Array<number>(n).fill(0)
  for (let j = n - 1; j >= 0; j--) {
    let sum = rows[j][n]
    for (let l = j + 1; l < n; l++) sum -= rows[j][l] * solution[l]
    solution[j] = sum / rows[j][j]
  }
  return solution
}

/** The autocorrelation of some values is the row of a positive matrix whose band is one less than their number. */
const systems = fc.record({
  values: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
  size: fc.integer({ min: 1, max: 24 }),
  ridge: fc.double({ min: 0.01, max: 1, noNaN: true }),
  emphasis: fc.double({ min: 1e-3, max: 100, noNaN: true }),
  sum: fc.double({ min: -5, max: 5, noNaN: true }),
  seed: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 }),
})

test('both ways of factorising solve the system as elimination does', () => {
  fc.assert(
    fc.property(systems, ({ values, size, ridge, emphasis, sum, seed }) => {
      const row = Float64Array.from({ length: size }, (_, lag) =>
        values.reduce((sum, value, i) => sum + value * (values[i + lag] ?? 0), 0),
      )
      const right = seed.slice(0, size)
      const matrix = right.map((_, j) =>
        right.map((_, l) => row[Math.abs(j - l)] + emphasis + (j === l ? ridge : 0)),
      )
      const expected = eliminated(
        matrix,
        right.map((value) => value + emphasis * sum),
      )
      for (const band of [size - 1, Math.min(values.length - 1, size - 1)]) {
        const solution = Float64Array.from(right)
        const system = factorise(row, band, ridge, emphasis)
        solve(system, solution, sum)
        expect(system.factor).toHaveLength(size * (system.band + 1))
        for (let j = 0; j < size; j++) expect(Math.abs(solution[j] - expected[j])).toBeLessThan(1e-8)
      }
    }),
  )
})

test('a narrow band is stored as one', () => {
  const row = Float64Array.of(2, 1, 0, 0, 0, 0)
  expect(factorise(row, 1, 0, 1)).toMatchObject({ band: 1, size: 6 })
  expect(factorise(row, 1, 0, 1).update).not.toBeNull()
  expect(factorise(row, 5, 0, 1).update).toBeNull()
})
