import type { Adapted } from '../../src/learning/teaching/index.ts'
import type { LeafFilters } from '../../src/view/index.ts'
import { download, isSame, partOf, showProblem } from '../common/index.ts'
import type { Desk, Screen } from '../desk/index.ts'
import { keepModel } from '../examples/index.ts'
import './adapt.css'
import markup from './adapt.html?raw'
import { Adaptation } from './adaptation.ts'
import { figuresTable } from './figures.ts'
import { lackOf } from './lack.ts'
import { verdict } from './outcome.ts'
import { Room } from './room.ts'
import { keptAdapted, ownSubject, type Subject, subjectText } from './subject.ts'
import { Trial } from './trial.ts'

/** The Adapt screen: the user's own model, a room, PCEN before and after. */
export function open(section: HTMLElement, desk: Desk): Screen {
  section.innerHTML = markup
  return new AdaptScreen(section, desk)
}

class AdaptScreen implements Screen {
  readonly #section: HTMLElement
  readonly #room: Room
  readonly #adaptation: Adaptation
  readonly #trial: Trial
  readonly #initialVerdict: string
  #subject: Subject | null = null
  /** The model file that Keep keeps. */
  #adapted: Uint8Array | null = null

  constructor(section: HTMLElement, desk: Desk) {
    this.#section = section
    this.#initialVerdict = partOf(section, 'verdict').textContent!
    this.#trial = new Trial(section, desk)
    this.#room = new Room(section, desk, () => this.#adaptation.update())
    this.#adaptation = new Adaptation({
      section,
      noise: () => this.#room.noise,
      onAdapted: (adapted) => this.#show(adapted),
    })
    partOf(section, 'keep').addEventListener('click', () => void this.#keep())
  }

  show(): void {
    this.#trial.show()
    this.#refresh().catch(showProblem)
  }

  hide(): void {
    this.#trial.hide()
    this.#room.rest()
  }

  /** Takes the model that the Teach screen has now, and the examples. */
  async #refresh(): Promise<void> {
    const subject = await ownSubject()
    const section = this.#section
    partOf(section, 'missing').hidden = subject !== null
    const lack = subject && lackOf(subject.model, subject.examples.list())
    partOf(section, 'lacking').hidden = lack === null
    partOf(section, 'lack').textContent = lack
    partOf(section, 'steps').hidden = subject === null || lack !== null
    partOf(section, 'subject').textContent = subject ? subjectText(subject) : ''
    if (!subject || lack !== null || (this.#subject && isSame(subject.bytes, this.#subject.bytes))) return
    this.#subject = subject
    this.#adapted = null
    partOf(section, 'outcome').hidden = true
    partOf(section, 'verdict').textContent = this.#initialVerdict
    this.#room.use(subject.model.frontend)
    this.#adaptation.use(subject)
    this.#trial.use(subject)
    const kept = await keptAdapted(subject)
    if (!kept || this.#subject !== subject || this.#adapted) return
    partOf(section, 'verdict').textContent =
      'A model that you adapted and kept before is here to be tried below.'
    partOf(section, 'keep').hidden = true
    this.#trial.offer(kept.frontend)
  }

  #show(adapted: Adapted): void {
    const section = this.#section
    this.#adapted = adapted.model
    partOf(section, 'verdict').textContent = verdict(adapted)
    partOf(section, 'figures').replaceChildren(figuresTable(adapted))
    partOf(section, 'outcome').hidden = false
    const filters = partOf<LeafFilters>(section, 'filters')
    filters.initial = this.#subject!.model.frontend
    filters.frontend = adapted.frontend
    const keep = partOf(section, 'keep')
    keep.hidden = false
    keep.textContent = 'Keep the adapted model'
    this.#trial.offer(adapted.frontend)
  }

  /** In the browser, beside the model as it was taught, and as a file. */
  async #keep(): Promise<void> {
    const model = this.#adapted as Uint8Array<ArrayBuffer>
    download(new Blob([model]), 'my-sounds-adapted.safetensors')
    const isKept = await keepModel(model, 'adapted')
    partOf(this.#section, 'keep').textContent = isKept ? 'Kept, and saved as a file' : 'Saved as a file'
  }
}
