import type { Adapted } from '../../src/learning/teaching/index.ts'
import type { LeafFilters } from '../../src/view/index.ts'
import { download, isSame, partOf, showProblem } from '../common/index.ts'
import type { Desk, Screen } from '../desk/index.ts'
import { fillModels, isKept, keepModel } from '../library/index.ts'
import './adapt.css'
import markup from './adapt.html?raw'
import { Adaptation } from './adaptation.ts'
import { figuresTable } from './figures.ts'
import { lackOf } from './lack.ts'
import { verdict } from './outcome.ts'
import { Room } from './room.ts'
import { keptAdapted, offeredSubjects, type Subject, subjectOf, subjectText } from './subject.ts'
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
  readonly #choice: HTMLSelectElement
  /** Id of the model that the user chose here. */
  #wanted = ''
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
    this.#choice = partOf(section, 'choice')
    this.#choice.addEventListener('change', () => {
      this.#wanted = this.#choice.value
      this.#refresh().catch(showProblem)
    })
    partOf(section, 'keep').addEventListener('click', () => this.#keep().catch(showProblem))
  }

  show(): void {
    this.#trial.show()
    this.#refresh().catch(showProblem)
  }

  hide(): void {
    this.#trial.hide()
    this.#room.rest()
  }

  /** Takes the model that is chosen, else the one of this browser that was chosen last, else the page's. */
  async #refresh(): Promise<void> {
    const section = this.#section
    const offered = await offeredSubjects()
    const own = offered.filter(({ record }) => record)
    fillModels(this.#choice, own)
    const chosen = offered.find(({ id }) => id === this.#wanted) ?? offered[0]
    this.#choice.value = chosen.id
    const subject = await subjectOf(chosen)
    if (this.#choice.value !== chosen.id) return
    const lack = lackOf(subject.model, subject.examples.list())
    partOf(section, 'missing').hidden = own.length > 0
    partOf(section, 'subject').textContent = subjectText(subject)
    partOf(section, 'lacking').hidden = lack === null
    partOf(section, 'lack').textContent = lack
    partOf(section, 'steps').hidden = lack !== null
    if (lack !== null || (this.#subject && isSame(subject.bytes, this.#subject.bytes))) return
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
    const { record: before, title } = this.#subject!.offered
    const record = await keepModel(model, 'adapted', before?.name ?? title)
    partOf(this.#section, 'keep').textContent = isKept(record)
      ? 'Kept, and saved as a file'
      : 'Saved as a file'
  }
}
