import type { LeafNode } from '../../src/audio/index.ts'
import type { LeafSpectrogram } from '../../src/view/index.ts'
import {
  create,
  fillFrontends,
  frontendNamed,
  type NamedFrontend,
  partOf,
  showProblem,
} from '../common/index.ts'
import { type Desk, Ear } from '../desk/index.ts'
import { CLIP_SECONDS } from './clips.ts'
import type { CommonTime } from './common-time.ts'
import { measureCost } from './cost.ts'
import { OwnScores } from './own-scores.ts'
import markup from './pane.html?raw'
import { learnableNumbers } from './size.ts'

/** What a pane tells the screen. */
export interface PaneNews {
  /** The user has chosen another frontend. */
  chosen(): void
  removed(): void
  /** The user froze its picture or let it go on. */
  froze(): void
  /** How long a frame takes is known. */
  measured(): void
}

/** One frontend of the comparison: what it is, what it costs, what it makes of the sound. */
export class Pane {
  readonly element = create('article', '', 'pane')
  /** What it is, for a list of all. */
  readonly about = create('div')
  readonly #desk: Desk
  readonly #time: CommonTime
  readonly #news: PaneNews
  readonly #picture: LeafSpectrogram
  readonly #choice: HTMLSelectElement
  #frontend: NamedFrontend
  #ear: Promise<Ear> | null = null
  #scores: OwnScores | null = null
  #hearing = false
  #frames: ReturnType<CommonTime['join']> | null = null
  /** µs; null until it is measured. */
  #cost: number | null = null

  constructor(desk: Desk, time: CommonTime, frontend: NamedFrontend, news: PaneNews) {
    this.#desk = desk
    this.#time = time
    this.#news = news
    this.#frontend = frontend
    this.element.innerHTML = markup
    this.#picture = partOf(this.element, 'picture')
    this.#choice = partOf(this.element, 'choice')
    this.#picture.setAttribute('seconds', String(CLIP_SECONDS))
    this.#picture.addEventListener('freeze', () => news.froze())
    this.offer()
    this.#choice.addEventListener('change', () => {
      this.frontend = frontendNamed(this.#choice.value)
      news.chosen()
    })
    partOf(this.element, 'remove').addEventListener('click', () => news.removed())
    this.#present()
  }

  get frontend(): NamedFrontend {
    return this.#frontend
  }

  /** Offers the frontends that there are by now. */
  offer(): void {
    fillFrontends(this.#choice)
  }

  /** Another one in this place; it hears at once where the present one does. */
  set frontend(frontend: NamedFrontend) {
    if (frontend === this.#frontend) return
    this.#frontend = frontend
    const hearing = this.#hearing
    this.rest()
    this.#present()
    if (hearing) void this.hear()
  }

  /** Microseconds a frame; null while it is not known. */
  get cost(): number | null {
    return this.#cost
  }

  /** Where it stands among the others, 1 for the first. */
  set place(place: number) {
    partOf(this.element, 'label').textContent = `Frontend ${place}`
    this.element.setAttribute('aria-label', `Frontend ${place}`)
    partOf(this.element, 'remove').setAttribute('aria-label', `Remove frontend ${place}`)
  }

  set removable(removable: boolean) {
    partOf(this.element, 'remove').hidden = !removable
  }

  get frozen(): boolean {
    return this.#picture.frozen
  }

  set frozen(frozen: boolean) {
    this.#picture.frozen = frozen
  }

  /** Forgets what was heard. */
  clear(): void {
    this.#picture.frozen = false
    this.#picture.clear()
    this.#scores?.clear()
  }

  focus(): void {
    this.#choice.focus()
  }

  /** Draws its cost as a share of the dearest one's. */
  compareCost(dearest: number): void {
    const share = this.#cost === null || dearest === 0 ? 0 : this.#cost / dearest
    partOf(this.element, 'bar').style.transform = `scaleX(${share})`
  }

  /** Hears the desk from now on; its features do when this resolves. */
  async hear(): Promise<void> {
    if (this.#hearing) return
    this.#hearing = true
    const opening = this.#frontend.load().then((description) => Ear.open(this.#desk, description))
    this.#ear = opening
    try {
      const { frames, node } = await opening
      if (this.#ear !== opening) return
      this.#frames = this.#time.join(frames)
      this.#picture.frames = this.#frames
      this.#score(node)
    } catch (error) {
      if (this.#ear !== opening) return
      this.#hearing = false
      showProblem(error)
    }
  }

  /** Lets its node go; the picture stays. */
  rest(): void {
    this.#hearing = false
    this.#scores?.close()
    this.#scores = null
    this.#picture.frames = null
    this.#frames?.close()
    this.#frames = null
    this.#ear?.then(
      (ear) => ear.close(),
      () => {},
    )
    this.#ear = null
    this.#tell('load', '–')
  }

  /** Asks the audio thread for its load. */
  async measureLoad(): Promise<void> {
    const asked = this.#ear
    const ear = await asked?.catch(() => null)
    const metrics = await ear?.node.metrics().catch(() => null)
    if (metrics && this.#ear === asked) this.#tell('load', percent(metrics.load ?? 0))
  }

  /** Has its own model, where there is one, hear the same features. */
  #score(node: LeafNode): void {
    const { model } = this.#frontend
    if (!model) return
    const scores = new OwnScores()
    this.#scores = scores
    scores
      .start(node, model, (text) => {
        // What is told belongs to the picture.
        if (this.#scores === scores && !this.frozen) this.#tell('own', text)
      })
      .catch((error) => this.#scores === scores && showProblem(error))
  }

  #present(): void {
    const { id, name, sentence, model } = this.#frontend
    this.#choice.value = id
    this.#picture.frontend = null
    this.#cost = null
    this.about.replaceChildren(create('dt', name), create('dd', sentence))
    this.#tell(
      'own',
      model ? 'Its own model answers here, once there is sound' : 'No model has learned on this one',
    )
    this.#tell('cost', 'measuring …')
    this.#tell('size', '…')
    this.#tell('load', '–')
    this.#describe(this.#frontend).catch((error) => {
      if (this.#frontend.id !== id) return
      this.#tell('cost', '–')
      this.#tell('size', '–')
      showProblem(error)
    })
  }

  async #describe(frontend: NamedFrontend): Promise<void> {
    const description = await frontend.load()
    if (this.#frontend !== frontend) return
    this.#picture.frontend = description
    const size = learnableNumbers(description)
    this.#tell('size', size === 0 ? 'nothing' : `${size.toLocaleString('en')} numbers`)
    const cost = await measureCost(description)
    if (this.#frontend !== frontend) return
    this.#cost = cost
    this.#tell('cost', microseconds(cost))
    this.#news.measured()
  }

  #tell(part: string, text: string): void {
    partOf(this.element, part).textContent = text
  }
}

/** Two digits: more would not be the same the next time. */
function microseconds(value: number): string {
  return `${Number(value.toPrecision(2))} µs`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
