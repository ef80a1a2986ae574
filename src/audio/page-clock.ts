/** Stretches of a context's life that are remembered: events are told within seconds. */
const REMEMBERED = 16

/** A stretch in which the context ran without a break. */
interface Stretch {
  /** Where it stood still, seconds on its clock. */
  readonly end: number
  /** How far the page's clock was ahead of it, milliseconds. */
  readonly ahead: number
}

/**
 * Times of a context on the page's clock, which `performance.now()` and the `timeStamp` of events tell. The context's clock
 * stands still while it is suspended, and goes by blocks of sound: right within some milliseconds. Main thread.
 */
export class PageClock {
  readonly #context: AudioContext
  readonly #past: Stretch[] = []
  readonly #changed = (): void => {
    if (this.#context.state === 'running') return
    this.#past.push({ end: this.#context.currentTime, ahead: this.#ahead() })
    if (this.#past.length > REMEMBERED) this.#past.shift()
  }

  constructor(context: AudioContext) {
    this.#context = context
    context.addEventListener('statechange', this.#changed)
  }

  /** @param seconds on the context's clock @returns milliseconds since the page began */
  at(seconds: number): number {
    const past = this.#past.find(({ end }) => seconds <= end)
    return seconds * 1000 + (past?.ahead ?? this.#ahead())
  }

  stop(): void {
    this.#context.removeEventListener('statechange', this.#changed)
  }

  #ahead(): number {
    return performance.now() - this.#context.currentTime * 1000
  }
}
