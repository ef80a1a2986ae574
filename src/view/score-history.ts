/** Windows kept: enough for a minute of them. */
const CAPACITY = 1024

/** The last scores of all labels. Allocates when made only. */
export class ScoreHistory {
  readonly #labels: number
  readonly #times = new Float64Array(CAPACITY)
  readonly #values: Float32Array
  #count = 0

  /** @param labels how many scores come at once */
  constructor(labels: number) {
    this.#labels = labels
    this.#values = new Float32Array(CAPACITY * labels)
  }

  /** @param time seconds, later than before @param values one per label, 0 to 1 */
  add(time: number, values: ArrayLike<number>): void {
    const place = this.#count % CAPACITY
    this.#times[place] = time
    for (let label = 0; label < this.#labels; label++)
      this.#values[place * this.#labels + label] = values[label]
    this.#count++
  }

  /** Visits a label's scores of a stretch of time, oldest first. @param from seconds @param to seconds */
  each(label: number, from: number, to: number, visit: (time: number, value: number) => void): void {
    for (let i = Math.max(0, this.#count - CAPACITY); i < this.#count; i++) {
      const place = i % CAPACITY
      const time = this.#times[place]
      if (time >= from && time <= to) visit(time, this.#values[place * this.#labels + label])
    }
  }
}
