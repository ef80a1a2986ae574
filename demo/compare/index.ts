import {
  clearProblem,
  keepInAddress,
  type NamedFrontend,
  partOf,
  readAddress,
  showProblem,
  wavOf,
} from '../common/index.ts'
import type { Desk, Screen } from '../desk/index.ts'
import { refreshFrontends } from '../library/index.ts'
import { another, asText, chosenBy, FEWEST, MOST } from './choice.ts'
import { type CompareClip, compareClips } from './clips.ts'
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
  readonly #add: HTMLButtonElement
  readonly #freeze: HTMLButtonElement
  readonly #again: HTMLButtonElement
  /** The clip that was played last. */
  #clip: CompareClip | null = null
  readonly #time = new CommonTime()
  #panes: Pane[] = []
  #shown = false
  #loads: ReturnType<typeof setInterval> | undefined

  constructor(section: HTMLElement, desk: Desk) {
    this.#desk = desk
    this.#section = section
    this.#add = partOf(section, 'add')
    this.#add.addEventListener('click', () => this.#addPane())
    this.#freeze = partOf(section, 'freeze')
    this.#freeze.addEventListener('click', () => this.#hold(!this.#frozen))
    this.#again = partOf(section, 'again')
    this.#again.addEventListener('click', () => this.#clip && void this.#play(this.#clip))
    for (const button of section.querySelectorAll<HTMLButtonElement>('[data-clip]'))
      button.addEventListener('click', () => void this.#play(button.dataset.clip as CompareClip))
    // What a sound looked like stays when it is over, and makes room for the next one.
    desk.addEventListener('still', () => this.#shown && this.#hold(true))
    desk.addEventListener('waking', () => {
      for (const pane of this.#panes) pane.clear()
      // The nodes get ready while the browser asks for the microphone.
      if (this.#shown) void this.#hear()
    })
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
      froze: () => this.#hold(pane.frozen),
      removed: () => this.#remove(pane),
    })
    this.#panes.push(pane)
    const abouts = partOf(this.#section, 'abouts')
    abouts.before(pane.element)
    abouts.append(pane.about)
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
    pane.about.remove()
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
    this.#hold(false)
    const opening: Promise<void>[] = []
    for (const pane of [...this.#panes]) {
      if (this.#shown && this.#panes.includes(pane)) opening.push(pane.hear())
      await pause()
    }
    await Promise.all(opening)
  }

  /** Plays a clip to all of them, from its first moment on. */
  async #play(name: CompareClip): Promise<void> {
    clearProblem()
    this.#clip = name
    for (const button of this.#section.querySelectorAll<HTMLButtonElement>('[data-clip]'))
      button.setAttribute('aria-current', String(button.dataset.clip === name))
    this.#again.disabled = false
    // Within the click, or the browser would not let it sound.
    void this.#desk.context.resume()
    try {
      const { title, make } = compareClips[name]
      const [sound] = await Promise.all([make(), this.#hear()])
      if (this.#clip === name && this.#shown) this.#desk.play(wavOf(sound), title)
    } catch (error) {
      showProblem(error)
    }
  }

  get #frozen(): boolean {
    return this.#panes.some(({ frozen }) => frozen)
  }

  /** Has all pictures stand still at one moment, or go on. */
  #hold(frozen: boolean): void {
    for (const pane of this.#panes) pane.frozen = frozen
    this.#freeze.setAttribute('aria-pressed', String(frozen))
  }

  #measureLoads(): void {
    if (document.visibilityState !== 'visible' || !this.#desk.source) return
    for (const pane of this.#panes) void pane.measureLoad()
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve))
