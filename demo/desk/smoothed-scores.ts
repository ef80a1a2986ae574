/** Scores of all labels, smoothed as the decoder smooths them: exponentially. */
export class SmoothedScores {
  readonly #seconds: number
  readonly values: Float64Array
  #time = Number.NEGATIVE_INFINITY

  /** @param seconds time constant; 0 for none */
  constructor(labels: number, seconds: number) {
    this.values = new Float64Array(labels)
    this.#seconds = seconds
  }

  add(time: number, scores: ArrayLike<number>): void {
    const weight = this.#seconds === 0 ? 1 : 1 - Math.exp(-(time - this.#time) / this.#seconds)
    this.#time = time
    for (let i = 0; i < this.values.length; i++) this.values[i] += weight * (scores[i] - this.values[i])
  }
}
