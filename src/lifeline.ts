/** Answers of something that may end before it gives them: a worker, a processor of the audio thread. */
export class Lifeline {
  #reason: Error | null = null
  readonly #waiting = new Set<(reason: Error) => void>()

  /** Why it is over; null while it lives. */
  get reason(): Error | null {
    return this.#reason
  }

  /** It is over: whatever is awaited is rejected. The first reason counts. */
  end(reason: Error): void {
    if (this.#reason) return
    this.#reason = reason
    for (const tell of this.#waiting) tell(reason)
    this.#waiting.clear()
  }

  /** Calls back once it is over; at once if it is. @returns a function that takes the callback back */
  whenOver(callback: (reason: Error) => void): () => void {
    if (this.#reason) callback(this.#reason)
    else this.#waiting.add(callback)
    return () => this.#waiting.delete(callback)
  }

  /** The answer, unless it is over before; then nothing is asked. @throws why it is over */
  async answer<Value>(ask: () => Value): Promise<Awaited<Value>> {
    if (this.#reason) throw this.#reason
    let tell!: (reason: Error) => void
    // One of its own for each question: a promise that never settles would keep all that ever waited for it.
    const over = new Promise<never>((_, reject) => {
      tell = reject
    })
    this.#waiting.add(tell)
    try {
      return await Promise.race([ask(), over])
    } finally {
      this.#waiting.delete(tell)
    }
  }
}
