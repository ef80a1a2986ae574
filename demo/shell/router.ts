import { byId, create, readAddress, showProblem } from '../common/index.ts'
import type { Desk, Screen } from '../desk/index.ts'
import { type ScreenEntry, screens } from './screens.ts'

/** Shows the screen that the address names (`#look`), and opens each when it is first needed. */
export class Router {
  readonly #desk: Desk
  readonly #opened = new Map<ScreenEntry, Promise<Screen>>()
  #present: ScreenEntry | null = null

  constructor(desk: Desk) {
    this.#desk = desk
    byId('screen-links').replaceChildren(...screens.map(linkTo))
    addEventListener('hashchange', () => this.#follow())
    this.#follow()
  }

  #follow(): void {
    const { screen } = readAddress()
    const entry = screens.find(({ id }) => id === screen) ?? screens[0]
    if (entry === this.#present) return
    const previous = this.#present
    this.#present = entry
    announce(entry)
    if (previous) {
      sectionOf(previous).hidden = true
      void this.#opened.get(previous)?.then((screen) => this.#present !== previous && screen.hide())
      byId('heading').focus({ preventScroll: true })
      scrollTo({ top: 0 })
    }
    sectionOf(entry).hidden = false
    this.#open(entry).then((screen) => this.#present === entry && screen.show(), showProblem)
  }

  #open(entry: ScreenEntry): Promise<Screen> {
    const known = this.#opened.get(entry)
    if (known) return known
    const opening = entry.load().then(({ open }) => open(sectionOf(entry), this.#desk))
    this.#opened.set(entry, opening)
    // What could not be loaded is tried again the next time.
    opening.catch(() => this.#opened.delete(entry))
    return opening
  }
}

function linkTo({ id, name }: ScreenEntry): HTMLElement {
  const link = create('a', name) as HTMLAnchorElement
  link.href = `#${id}`
  link.dataset.screen = id
  const item = create('li')
  item.append(link)
  return item
}

/** The section of a screen; made when the screen is first shown. */
function sectionOf({ id, name }: ScreenEntry): HTMLElement {
  const known = document.getElementById(`screen-${id}`)
  if (known) return known
  const section = create('section', '', `screen ${id}`)
  section.id = `screen-${id}`
  section.setAttribute('aria-label', name)
  byId('screens').append(section)
  return section
}

function announce({ id, name, heading, lead }: ScreenEntry): void {
  document.title = `Leaf · ${name}`
  byId('heading').textContent = heading
  byId('lead').textContent = lead
  for (const link of byId('screen-links').querySelectorAll('a')) {
    if (link.dataset.screen === id) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
}
