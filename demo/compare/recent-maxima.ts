/** The highest of each of several values over the last seconds. */
export class RecentMaxima {
  readonly #seconds: number
  #kept: { readonly time: number; readonly values: Float64Array }[] = []

  constructor(seconds: number) {
    this.#seconds = seconds
  }

  /** @param time seconds, rising */
  add(time: number, values: ArrayLike<number>): void {
    this.#kept.push({ time, values: Float64Array.from(values) })
    this.#kept = this.#kept.filter((one) => one.time > time - this.#seconds)
  }

  /** One a value; nothing before the first. */
  get values(): Float64Array {
    const [first, ...others] = this.#kept.map(({ values }) => values)
    return others.reduce(
      (highest, values) => highest.map((one, i) => Math.max(one, values[i])),
      first ?? new Float64Array(),
    )
  }
}
