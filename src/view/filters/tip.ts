import type { FilterCurves } from './curves.ts'
import { factsOf } from './words.ts'

/** CSS pixels between pointer and words. */
const DISTANCE = 14

/** The words beside the pointer. */
export class Tip {
  readonly #element: HTMLElement

  constructor() {
    this.#element = document.createElement('div')
    this.#element.className = 'tip'
    this.#element.hidden = true
    // The chosen filter's words are told by the slider.
    this.#element.setAttribute('aria-hidden', 'true')
    this.#element.innerHTML = '<b></b><span></span><span></span><span></span>'
  }

  /** Within the plot, on the side of the pointer that has more room. */
  show(plot: HTMLElement, x: number, y: number, curves: FilterCurves, channel: number): void {
    const { name, center, width, pooling } = factsOf(curves, channel)
    const lines = [name, center, width, pooling]
    lines.forEach((line, i) => (this.#element.children[i].textContent = line))
    this.#element.hidden = false
    if (this.#element.parentElement !== plot) plot.append(this.#element)
    const { offsetWidth, offsetHeight } = this.#element
    const right = x + DISTANCE + offsetWidth <= plot.clientWidth
    const left = right ? x + DISTANCE : Math.max(0, x - DISTANCE - offsetWidth)
    const top = Math.min(Math.max(0, y - offsetHeight / 2), Math.max(0, plot.clientHeight - offsetHeight))
    this.#element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
  }

  hide(): void {
    this.#element.hidden = true
  }
}
