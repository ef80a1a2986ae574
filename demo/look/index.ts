import { LeafError } from '../../src/error.ts'
import { between, type FrontendDescription } from '../../src/frontend/index.ts'
import { sameSizes } from '../../src/view/filters/index.ts'
import type { FilterChoice, LeafFilters } from '../../src/view/index.ts'
import {
  clearProblem,
  create,
  download,
  fillFrontends,
  frontendNamed,
  keepInAddress,
  lastHeard,
  partOf,
  readAddress,
  showProblem,
} from '../common/index.ts'
import type { Desk, Screen } from '../desk/index.ts'
import { keepModel, modelIn, nameOfFile, offered, refreshFrontends } from '../library/index.ts'
import { showFigures } from './figures.ts'
import { learnedSentence } from './learned.ts'
import { LiveEar } from './live-ear.ts'
import './look.css'
import markup from './look.html?raw'
import { type Subject, subjectIn, subjectOf } from './subject.ts'
import { TonePlayer } from './tone.ts'

const ID = 'look'
/** Its filters have moved: there is something to see between initial and learned. */
const FIRST = 'tasks'
/** Beneath a frontend lies how it started. */
const OWN = ''
/** Needs no file. */
const SURE = 'leaf'

export function open(section: HTMLElement, desk: Desk): Screen {
  section.innerHTML = markup
  return new LookScreen(section, desk)
}

/** The Look screen: the filters of a frontend, as they started and as they were learned. */
class LookScreen implements Screen {
  readonly #section: HTMLElement
  readonly #desk: Desk
  readonly #filters: LeafFilters
  readonly #choice: HTMLSelectElement
  readonly #beneath: HTMLSelectElement
  /** What lies beneath in the place of how the subject started, and its name. */
  #other: { readonly frontend: FrontendDescription; readonly name: string } | null = null
  readonly #share: HTMLInputElement
  readonly #ear: LiveEar
  readonly #tone = new TonePlayer()
  #subject: Subject | null = null
  /** What the subject was asked for with: an id, or a file's name. */
  #asked = ''
  /** The frontend that had heard something when it was last looked whether one has. */
  #heard = ''
  #shown = false

  constructor(section: HTMLElement, desk: Desk) {
    this.#section = section
    this.#desk = desk
    this.#filters = this.#part('filters')
    this.#choice = this.#part('choice')
    this.#share = this.#part('share')
    this.#ear = new LiveEar(desk, this.#filters)
    this.#beneath = this.#part('beneath')
    this.#fill()
    this.#beneath.addEventListener('change', () => void this.#lay(this.#beneath.value))
    this.#choice.addEventListener('change', () => this.#chooseNamed(this.#choice.value))
    this.#share.addEventListener('input', () => this.#mix())
    this.#share.addEventListener('change', () => this.#ear.change())
    this.#filters.addEventListener('select', (event) =>
      this.#select((event as CustomEvent<FilterChoice>).detail),
    )
    this.#part<HTMLSelectElement>('scale').addEventListener('change', ({ target }) =>
      this.#filters.setAttribute('scale', (target as HTMLSelectElement).value),
    )
    this.#offerFiles()
    this.#offerExports()
    desk.addEventListener('waking', () => this.#shown && void this.#ear.open())
    addEventListener('hashchange', () => this.#shown && this.#follow())
  }

  show(): void {
    this.#shown = true
    void refreshFrontends().then(() => this.#shown && this.#offer())
    if (this.#desk.source) void this.#ear.open()
  }

  hide(): void {
    this.#shown = false
    this.#ear.close()
  }

  /** Offers what there is by now, and shows what is asked for. */
  #offer(): void {
    this.#fill()
    this.#follow()
  }

  /** Shows what the address names; where it names nothing, what has been heard since, or what was there before. */
  #follow(): void {
    const { screen, rest } = readAddress()
    if (screen !== ID) return
    const heard = lastHeard()
    const isNew = heard !== this.#heard
    this.#heard = heard
    if (rest !== '') this.#chooseNamed(rest)
    else if (isNew) this.#chooseNamed(heard)
    else if (this.#asked === '') this.#chooseNamed(FIRST)
    else this.#keepAddress()
  }

  #fill(): void {
    fillFrontends(this.#choice)
    fillFrontends(this.#beneath, [{ id: OWN, title: 'How it started' }])
  }

  #chooseNamed(id: string): void {
    if (id === this.#asked) return
    void this.#choose(id, async () => subjectOf(frontendNamed(id)))
  }

  /** Puts another frontend in the place of the present one, which stays where the other cannot be had. */
  async #choose(asked: string, read: () => Promise<Subject>): Promise<void> {
    const before = this.#asked
    this.#asked = asked
    clearProblem()
    try {
      const subject = await read()
      if (this.#asked === asked) this.#present(subject)
    } catch (error) {
      if (this.#asked !== asked) return
      this.#asked = before
      if (!this.#subject) this.#chooseNamed(SURE)
      showProblem(error)
    }
    this.#keepAddress()
  }

  #present(subject: Subject): void {
    this.#subject = subject
    this.#share.disabled = !subject.moved
    this.#share.value = subject.moved ? '100' : '0'
    const still =
      'None of its numbers has been learned, so that there is nothing between initial and learned.'
    this.#filters.selected = -1
    // What was learned is told against its own beginning.
    this.#other = null
    this.#mix()
    const learned = subject.moved ? learnedSentence(this.#filters.toCSV(), subject.learned.hopMs) : still
    this.#part('notes').replaceChildren(...[...subject.notes, learned].map((note) => create('p', note)))
    if (this.#beneath.value !== OWN) void this.#lay(this.#beneath.value)
    this.#ear.change()
  }

  /** Draws the frontend at the slider's place. */
  #mix(): void {
    if (!this.#subject) return
    const { initial, learned, moved } = this.#subject
    const share = this.#share.valueAsNumber / 100
    this.#share.setAttribute('aria-valuetext', `${this.#share.value} % learned`)
    this.#filters.initial = this.#other?.frontend ?? (moved ? initial : null)
    this.#filters.beneath = this.#other?.name ?? 'initial'
    this.#part('before').textContent = this.#other ? 'Other' : 'Initial'
    this.#filters.frontend = moved ? between(initial, learned, share) : learned
    this.#tell()
  }

  /** Another frontend in the place of how the subject started; of other sizes it cannot lie there. */
  async #lay(id: string): Promise<void> {
    clearProblem()
    const subject = this.#subject
    try {
      const other = id === OWN ? null : frontendNamed(id)
      const frontend = (await other?.load()) ?? null
      if (subject !== this.#subject || id !== this.#beneath.value || !subject) return
      if (frontend && !sameSizes(frontend, subject.learned)) {
        const { channels, windowMs, sampleRate } = frontend
        throw new LeafError(
          'arguments',
          `“${other?.name}” has ${channels} filters of ${windowMs} ms at ${sampleRate} Hz, and so cannot lie beneath.`,
          'Choose one of the same sizes.',
        )
      }
      this.#other = other && frontend && { frontend, name: other.name }
    } catch (error) {
      this.#other = null
      this.#beneath.value = OWN
      showProblem(error)
    }
    this.#mix()
  }

  #select({ channel, frequency }: FilterChoice): void {
    this.#tell()
    if (channel < 0 || !this.#part<HTMLInputElement>('sound').checked) return
    void this.#play(frequency)
  }

  /** The filters hear the tone too, and those that answer to it light up. */
  async #play(frequency: number): Promise<void> {
    this.#tone.play(this.#desk.context, frequency, await this.#ear.open())
  }

  /** The numbers of the chosen filter. */
  #tell(): void {
    const { selected } = this.#filters
    this.#part('none').hidden = selected >= 0
    this.#part('table').hidden = selected < 0
    this.#part('title').textContent = selected < 0 ? 'One filter' : `Filter ${selected + 1}`
    const { frontend } = this.#filters
    if (selected >= 0 && frontend)
      showFigures(this.#part('figures'), this.#filters.toCSV(), selected, frontend.hopMs)
  }

  /** A file has no place in the address, and one in the choice only while it is looked at. */
  #keepAddress(): void {
    const named = [...this.#choice.options].some(({ value }) => value !== '' && value === this.#asked)
    if (this.#shown) keepInAddress(ID, named ? this.#asked : '')
    this.#choice.querySelector('[value=""]')?.remove()
    if (!named) this.#choice.append(new Option(this.#subject?.title, ''))
    this.#choice.value = named ? this.#asked : ''
  }

  /** A whole model is kept with the others; a frontend alone is only looked at. */
  async #open(file: File): Promise<void> {
    const model = await modelIn(file).catch(() => null)
    if (!model) return this.#choose(`file ${file.name}`, () => subjectIn(file))
    const record = await keepModel(model.bytes, 'opened', nameOfFile(file))
    await refreshFrontends()
    this.#fill()
    this.#chooseNamed(offered(record).id)
  }

  #offerFiles(): void {
    const input = this.#part<HTMLInputElement>('file')
    this.#part('open').addEventListener('click', () => input.click())
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      // The same file can be chosen again.
      input.value = ''
      if (file) void this.#open(file)
    })
  }

  #offerExports(): void {
    const offer = (kind: string, make: () => string | Promise<Blob>, type: string) =>
      this.#part(kind).addEventListener('click', async () => {
        try {
          download(new Blob([await make()], { type }), `${fileName(this.#subject)}.${kind}`)
        } catch (error) {
          showProblem(error)
        }
      })
    offer('svg', () => this.#filters.toSVG(), 'image/svg+xml')
    offer('png', () => this.#filters.toPNG(), 'image/png')
    offer('csv', () => this.#filters.toCSV(), 'text/csv')
  }

  #part<Type extends HTMLElement = HTMLElement>(name: string): Type {
    return partOf<Type>(this.#section, name)
  }
}

/** Letters and digits of the title; a file's own ending is left out. */
function fileName(subject: Subject | null): string {
  const title = subject?.title.replace(/\.\w+$/, '') ?? ''
  return `filters of ${title}`.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
}
