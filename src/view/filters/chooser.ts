import type { FilterCurves } from './curves.ts'
import { factsOf, spoken } from './words.ts'

/** Markup of what stands above the panels: the chosen filter in words, and a slider through all of them. */
export const chooserMarkup = `<div class="chooser">
  <div class="readout" aria-hidden="true"><span class="name"></span><span class="facts"></span></div>
  <input type="range" min="0" step="1" value="0" aria-label="Chosen filter, by rising frequency" />
</div>`

const NONE = 'Choose a filter with a click or the arrow keys.'

/** Steps through the channels by rising frequency; at its left end none is chosen. */
export class Chooser {
  readonly #input: HTMLInputElement
  readonly #name: HTMLElement
  readonly #facts: HTMLElement
  #rising: readonly number[] = []

  /** @param choose called with a channel, or -1, when the reader moves the slider */
  constructor(root: ParentNode, choose: (channel: number) => void) {
    this.#input = root.querySelector('input') as HTMLInputElement
    this.#name = root.querySelector('.name') as HTMLElement
    this.#facts = root.querySelector('.facts') as HTMLElement
    this.#input.addEventListener('input', () => choose(this.#rising[this.#input.valueAsNumber - 1] ?? -1))
  }

  /** Arrow keys go on from where the pointer chose. */
  focus(): void {
    this.#input.focus({ preventScroll: true })
  }

  show(curves: FilterCurves, channel: number): void {
    this.#rising = curves.rising
    this.#input.max = `${curves.rising.length}`
    this.#input.value = `${curves.rising.indexOf(channel) + 1}`
    this.#input.setAttribute('aria-valuetext', spoken(curves, channel))
    const facts = channel < 0 ? null : factsOf(curves, channel)
    this.#name.textContent = facts?.name ?? ''
    this.#name.hidden = !facts
    this.#facts.textContent = facts ? [facts.center, facts.width, facts.pooling].join(' · ') : NONE
  }
}
