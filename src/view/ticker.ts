// Often enough that a reader's few seconds of room never overflow, rare enough to cost nothing.
const HIDDEN_PERIOD_MS = 500

/**
 * Calls `draw` before each repaint while the element can be seen, and `collect` now and then
 * while it cannot: what arrives meanwhile is kept, nothing is drawn.
 */
export class Ticker {
  readonly #element: Element
  readonly #draw: () => void
  readonly #collect: () => void
  #observer: IntersectionObserver | null = null
  #onScreen = true
  #request = 0
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(element: Element, draw: () => void, collect: () => void) {
    this.#element = element
    this.#draw = draw
    this.#collect = collect
  }

  start(): void {
    if (this.#observer) return
    this.#observer = new IntersectionObserver((entries) => {
      this.#onScreen = entries.at(-1)?.isIntersecting ?? true
      this.#choose()
    })
    this.#observer.observe(this.#element)
    document.addEventListener('visibilitychange', this.#choose)
    this.#choose()
  }

  stop(): void {
    this.#observer?.disconnect()
    this.#observer = null
    document.removeEventListener('visibilitychange', this.#choose)
    this.#halt()
  }

  #choose = (): void => {
    this.#halt()
    if (this.#onScreen && document.visibilityState === 'visible') this.#repaint()
    else this.#timer = setInterval(this.#collect, HIDDEN_PERIOD_MS)
  }

  #repaint = (): void => {
    this.#request = requestAnimationFrame(this.#repaint)
    this.#draw()
  }

  #halt(): void {
    // Documents that are never drawn (jsdom) have no repaints to ask for.
    if (this.#request !== 0) cancelAnimationFrame(this.#request)
    this.#request = 0
    clearInterval(this.#timer)
  }
}
