/** Milliseconds from one question to the next. */
const PERIOD_MS = 2000
/** Questions without an answer after which a worker counts as dead; one dies silently when it closes itself. */
const MISSED = 3
/** How much longer than usual an inference may take, on a machine that is busy otherwise, before it counts as stuck. */
const PATIENCE = 4

/**
 * Periods without an answer after which a worker counts as dead. It answers between two inferences only, so that one
 * that computes for long is busy, not dead.
 * @param inferenceTime milliseconds that one inference takes
 */
export function periodsOfPatience(inferenceTime: number): number {
  return Math.max(MISSED, Math.ceil((PATIENCE * inferenceTime) / PERIOD_MS))
}

/** Asks again and again whether somebody still answers. */
export class Heartbeat {
  readonly #ask: () => Promise<unknown>
  readonly #patience: () => number
  readonly #onDeath: () => void
  readonly #timer: ReturnType<typeof setInterval>
  #missed = 0
  #asked = false

  /**
   * Begins at once.
   * @param ask may reject, which is no answer
   * @param patience periods without an answer that count as death
   * @param onDeath called once, when there were as many
   */
  constructor(ask: () => Promise<unknown>, patience: () => number, onDeath: () => void) {
    this.#ask = ask
    this.#patience = patience
    this.#onDeath = onDeath
    this.#timer = setInterval(() => this.#beat(), PERIOD_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** By count, not by the clock: while the page itself stands still nobody can answer it. */
  #beat(): void {
    if (this.#asked) this.#missed += 1
    if (this.#missed >= this.#patience()) {
      this.stop()
      this.#onDeath()
      return
    }
    if (this.#asked) return
    this.#asked = true
    this.#ask().then(
      () => {
        this.#missed = 0
        this.#asked = false
      },
      () => {},
    )
  }
}
