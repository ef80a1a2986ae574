const PERIOD_MS = 3000

/** Tells screen readers the newest of what there is to tell, at most one message in three seconds. */
export class Announcer {
  readonly #region: { textContent: string | null }
  #told = Number.NEGATIVE_INFINITY
  #next = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param region a live one */
  constructor(region: { textContent: string | null }) {
    this.#region = region
  }

  /** What was to be told and was not yet is forgotten. */
  say(text: string): void {
    this.#next = text
    clearTimeout(this.#timer)
    const wait = this.#told + PERIOD_MS - performance.now()
    if (wait <= 0) this.#tell()
    else this.#timer = setTimeout(() => this.#tell(), wait)
  }

  #tell(): void {
    if (this.#region.textContent === this.#next) return
    this.#told = performance.now()
    this.#region.textContent = this.#next
  }
}
