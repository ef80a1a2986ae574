import { attach, define, ElementBase } from './element.ts'
import { css } from './events.css.ts'
import { clock, duration, percent, words } from './format.ts'
import { EventTrack, type ShownEvent } from './track.ts'

const KEPT = 200
const RUNNING_PERIOD_MS = 200

/**
 * `<leaf-events>`: detected events, the newest first, running ones with a growing length.
 * A list for the eye and, through aria-live, for screen readers, which are told of each new event once.
 * Its content is shown while there is none.
 */
export class LeafEvents extends ElementBase {
  /** Seconds on the clock of the events; running ones grow with it. */
  clock: (() => number) | null = null

  #track = new EventTrack(KEPT)
  #list: HTMLOListElement | null = null
  #hint: HTMLElement | null = null
  #timer: ReturnType<typeof setInterval> | undefined

  connectedCallback(): void {
    if (!this.shadowRoot) {
      const markup = `<p class="hint"><slot></slot></p>
        <ol aria-live="polite" aria-relevant="additions" aria-label="Detected events, newest first"></ol>`
      const root = attach(this, css, markup)
      this.#list = root.querySelector('ol')
      this.#hint = root.querySelector('.hint')
      for (const event of this.#track.entries) this.#list?.prepend(row(event))
    }
    this.#settle()
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** All events shown, oldest first. */
  get events(): readonly ShownEvent[] {
    return this.#track.entries
  }

  /** Adds an event; a running one (without `end`) is replaced when it is shown again with its end. */
  show(event: ShownEvent): void {
    const { index, added } = this.#track.put(event)
    const list = this.#list
    if (!list) return
    if (added) {
      list.prepend(row(event))
      if (list.children.length > KEPT) list.lastElementChild?.remove()
    } else {
      fill(list.children[this.#track.entries.length - 1 - index], event, event.end)
    }
    this.#settle()
  }

  clear(): void {
    this.#track.clear()
    this.#list?.replaceChildren()
    this.#settle()
  }

  /** A timer only while something runs. */
  #settle(): void {
    if (this.#hint) this.#hint.hidden = this.#track.entries.length > 0
    const running = this.#track.entries.some((event) => event.end === undefined)
    if (running && this.#timer === undefined) this.#timer = setInterval(() => this.#grow(), RUNNING_PERIOD_MS)
    if (!running) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  #grow(): void {
    const now = this.clock?.()
    const { entries } = this.#track
    entries.forEach((event, index) => {
      if (event.end === undefined) fill(this.#list?.children[entries.length - 1 - index], event, now)
    })
  }
}

function row(event: ShownEvent): HTMLLIElement {
  const item = document.createElement('li')
  item.innerHTML = `<span class="dot"></span><span class="label"></span><span class="when"></span>
    <span class="confidence"><span class="number"></span><span class="bar" aria-hidden="true"><span></span></span></span>`
  fill(item, event, event.end)
  return item
}

/** @param until seconds; a running event's present length reaches to it */
function fill(item: Element | undefined, event: ShownEvent, until: number | undefined): void {
  if (!item) return
  const part = (name: string) => item.querySelector<HTMLElement>(name) as HTMLElement
  const running = event.end === undefined
  item.classList.toggle('running', running)
  const length = until === undefined ? '' : ` · ${duration(until - event.start)}`
  part('.label').textContent = words(event.label)
  part('.when').textContent = `${clock(event.start)}${length}${running ? ' · now' : ''}`
  part('.number').textContent = percent(event.confidence)
  part('.bar span').style.width = `${event.confidence * 100}%`
}

define('leaf-events', LeafEvents)
