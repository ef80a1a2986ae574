/** Row by row; many times as fast as `flat`, which counts here: every step of training does it. */
export function joined(rows: readonly (readonly number[])[]): number[] {
  return ([] as number[]).concat(...rows)
}

/** The other way round: rows as long as those of `rows`, from what `joined` made of as many. */
export function apart(values: readonly number[], rows: readonly ArrayLike<number>[]): number[][] {
  return rows.map(({ length }, n) => values.slice(n * length, (n + 1) * length))
}

/** As `joined`, of gradients; the rows are equally long. */
export function joinedGradients(rows: readonly Float64Array[]): Float64Array {
  const flat = new Float64Array(rows.length * rows[0].length)
  rows.forEach((row, n) => flat.set(row, n * row.length))
  return flat
}
