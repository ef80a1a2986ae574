import { keepInAddress, type NamedFrontend, partOf, readAddress, showProblem } from '../common/index.ts'
import type { Desk, Screen } from '../desk/index.ts'
import { refreshFrontends } from '../library/index.ts'
import { another, asText, chosenBy, FEWEST, MOST } from './choice.ts'
import { CommonTime } from './common-time.ts'
import './compare.css'
import markup from './compare.html?raw'
import { Pane } from './pane.ts'

const ID = 'compare'
const LOAD_PERIOD_MS = 1000

export function open(section: HTMLElement, desk: Desk): Screen {
  section.innerHTML = markup
  return new CompareScreen(section, desk)
}

/** The Compare screen: two to four frontends on the same sound. */
class CompareScreen implements Screen {
  readonly #desk: Desk
  readonly #section: HTMLElement
  readonly #place: HTMLElement
  readonly #add: HTMLButtonElement
  readonly #time = new CommonTime()
  #panes: Pane[] = []
  #shown = false
  #loads: ReturnType<typeof setInterval> | undefined

  constructor(section: HTMLElement, desk: Desk) {
    this.#desk = desk
    this.#section = section
    this.#place = partOf(section, 'panes')
    this.#add = partOf(section, 'add')
    this.#add.addEventListener('click', () => this.#addPane())
    // The nodes get ready while the browser asks for the microphone.
    desk.addEventListener('waking', () => this.#shown && void this.#hear())
    addEventListener('hashchange', () => this.#shown && this.#follow())
  }

  show(): void {
    this.#shown = true
    void refreshFrontends().then(() => this.#shown && this.#offer())
    this.#loads = setInterval(() => this.#measureLoads(), LOAD_PERIOD_MS)
  }

  hide(): void {
    this.#shown = false
    clearInterval(this.#loads)
    for (const pane of this.#panes) pane.rest()
  }

  /** Offers what there is by now, and shows what is asked for. */
  #offer(): void {
    for (const pane of this.#panes) pane.offer()
    this.#follow()
    if (this.#desk.source) void this.#hear()
  }

  /** Shows what the address names; where it names nothing, what was there before. */
  #follow(): void {
    const { screen, rest } = readAddress()
    if (screen !== ID) return
    try {
      if (rest !== '' || this.#panes.length === 0) this.#choose(chosenBy(rest))
    } catch (error) {
      if (this.#panes.length === 0) this.#choose(chosenBy(''))
      showProblem(error)
    }
    this.#arrange()
  }

  #choose(chosen: readonly NamedFrontend[]): void {
    while (this.#panes.length > chosen.length) this.#drop(this.#panes.length - 1)
    chosen.forEach((frontend, place) => {
      if (place < this.#panes.length) this.#panes[place].frontend = frontend
      else this.#append(frontend)
    })
  }

  #append(frontend: NamedFrontend): Pane {
    const pane = new Pane(this.#desk, this.#time, frontend, {
      chosen: () => this.#arrange(),
      measured: () => this.#compareCosts(),
      removed: () => this.#remove(pane),
    })
    this.#panes.push(pane)
    this.#place.append(pane.element)
    return pane
  }

  #addPane(): void {
    const pane = this.#append(another(this.#panes.map(({ frontend }) => frontend)))
    if (this.#desk.source) void pane.hear()
    this.#arrange()
    pane.focus()
  }

  #remove(pane: Pane): void {
    this.#drop(this.#panes.indexOf(pane))
    this.#arrange()
    this.#add.focus()
  }

  #drop(place: number): void {
    const [pane] = this.#panes.splice(place, 1)
    pane.rest()
    pane.element.remove()
  }

  /** After any change: numbers, buttons, the address. */
  #arrange(): void {
    const count = this.#panes.length
    this.#panes.forEach((pane, place) => {
      pane.place = place + 1
      pane.removable = count > FEWEST
    })
    this.#add.disabled = count === MOST
    partOf(this.#section, 'room').textContent = count === MOST ? 'Four are as many as there is room for.' : ''
    this.#compareCosts()
    keepInAddress(ID, asText(this.#panes.map(({ frontend }) => frontend)))
  }

  #compareCosts(): void {
    const dearest = Math.max(...this.#panes.map(({ cost }) => cost ?? 0))
    for (const pane of this.#panes) pane.compareCost(dearest)
  }

  /** With a pause between two panes: planning a frontend takes the main thread a while. */
  async #hear(): Promise<void> {
    partOf(this.#section, 'hint').hidden = true
    for (const pane of [...this.#panes]) {
      if (this.#shown && this.#panes.includes(pane)) void pane.hear()
      await pause()
    }
  }

  #measureLoads(): void {
    if (document.visibilityState !== 'visible' || !this.#desk.source) return
    for (const pane of this.#panes) void pane.measureLoad()
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve))
