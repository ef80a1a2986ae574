/** Values of which the median is told. */
const KEPT = 31

/** The median of the last values: one that comes late now and then does not move it. */
export class RecentMedian {
  readonly #values: number[] = []

  add(value: number): void {
    this.#values.push(value)
    if (this.#values.length > KEPT) this.#values.shift()
  }

  /** Null before the first value. */
  get value(): number | null {
    const sorted = this.#values.toSorted((a, b) => a - b)
    return sorted[sorted.length >> 1] ?? null
  }
}
