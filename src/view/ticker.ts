import { drawsInSoftware } from './software.ts'

// Often enough that a reader's few seconds of room never overflow, rare enough to cost nothing.
const HIDDEN_PERIOD_MS = 500

/**
 * Between repaints where the processor draws them, five hops of 10 ms: each copies whole pictures, and one at every frame
 * of the display takes the page more than twice as much of the processor (`npm run page-speed`).
 */
const SOFTWARE_PERIOD_MS = 50

/**
 * Calls `draw` before a repaint while the element can be seen, and `collect` now and then while it cannot: what arrives
 * meanwhile is kept, nothing is drawn. Repaints come at every frame of the display, or every 50 ms where they are
 * computed in software; all elements then draw in the same ones.
 */
export class Ticker {
  readonly #element: Element
  readonly #draw: () => void
  readonly #collect: () => void
  #observer: IntersectionObserver | null = null
  #onScreen = true
  #request = 0
  #timer: ReturnType<typeof setTimeout> | undefined

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
    if (drawsInSoftware())
      // Multiples of the period, so that all elements are painted at once; timers cut off what is less than a millisecond.
      this.#timer = setTimeout(
        this.#ask,
        Math.ceil(SOFTWARE_PERIOD_MS - (performance.now() % SOFTWARE_PERIOD_MS)),
      )
    else this.#ask()
    // The observer tells late of what has no box any more, and has no size to draw at. Older browsers lack the question.
    if (this.#element.checkVisibility?.() ?? true) this.#draw()
  }

  #ask = (): void => {
    this.#request = requestAnimationFrame(this.#repaint)
  }

  #halt(): void {
    // Documents that are never drawn (jsdom) have no repaints to ask for.
    if (this.#request !== 0) cancelAnimationFrame(this.#request)
    this.#request = 0
    // Ends intervals as well: both are in one list.
    clearTimeout(this.#timer)
  }
}
