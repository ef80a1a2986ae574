import type { Taught } from '../../src/learning/teaching/index.ts'
import type { LeafEvents } from '../../src/view/index.ts'
import { asWritten, clearProblem, download, partOf, showProblem } from '../common/index.ts'
import { type Desk, DeskListener, ScoreBars, showListener } from '../desk/index.ts'
import { examplesChanged, isBackground } from '../examples/index.ts'
import { keepModel, type ModelFile, type ModelRecord, noteChosen, offered } from '../library/index.ts'
import { confusionTable } from './confusion.ts'
import { FileTest } from './file-test.ts'
import { knowsTrySet, unheardWords } from './try-set.ts'
import { verdict } from './verdict.ts'

/** A model to try, and what is known of it where it was taught just now. */
interface Tried {
  readonly model: ModelFile
  /** How the browser keeps it. */
  readonly record: ModelRecord
  readonly taught: Taught | null
}

/** The end of the screen: the taught model listens; undo, save. */
export class Trial {
  readonly #section: HTMLElement
  readonly #desk: Desk
  /** The last one is the one in use. */
  #tried: Tried[] = []
  #listener: DeskListener | null = null
  #shown = false
  readonly #files: FileTest
  /** Lets go of what sounds for this. */
  #release: () => void = () => {}

  constructor(section: HTMLElement, desk: Desk) {
    this.#section = section
    this.#desk = desk
    partOf(section, 'back').addEventListener('click', () => this.#back())
    partOf(section, 'save').addEventListener('click', () => this.#save())
    partOf(section, 'unheard').addEventListener('click', () => {
      clearProblem()
      const sounding = Promise.all([unheardWords(), this.#listener?.warm()])
      sounding.then(([sound]) => desk.play(sound, 'the words'), showProblem)
    })
    this.#files = new FileTest(section)
  }

  show(): void {
    this.#shown = true
    this.#listener?.show()
  }

  hide(): void {
    this.#shown = false
    this.#listener?.hide()
    this.#letGo()
  }

  /** Tries a model that is kept already. */
  use(model: ModelFile, record: ModelRecord, taught: Taught | null = null): void {
    this.#tried.push({ model, record, taught })
    this.#change()
  }

  /** Tries what was taught just now, and keeps it for the next visit beside all others. */
  async useTaught(taught: Taught): Promise<void> {
    const model = { bytes: taught.model, labels: taught.labels }
    this.use(model, await keepModel(model.bytes, 'taught', nameOf(taught.labels)), taught)
    if (this.#shown) void this.#listen()
  }

  /** The examples are others than before. */
  update(): void {
    const record = this.#tried.at(-1)?.record
    partOf(this.#section, 'older').hidden = !(record?.origin === 'taught' && examplesChanged() > record.kept)
  }

  /** Goes there, and has the microphone on until the screen is left, unless something sounds. */
  async #listen(): Promise<void> {
    partOf(this.#section, 'verdict').closest('section')?.scrollIntoView()
    this.#letGo()
    const release = await this.#desk.borrow()
    if (this.#shown && release) this.#release = release
    else release?.()
  }

  #letGo(): void {
    this.#release()
    this.#release = () => {}
  }

  /** Tries a model of a file, and keeps it for the next visit. */
  async open(model: ModelFile, name: string): Promise<void> {
    this.use(model, await keepModel(model.bytes, 'opened', name))
  }

  /** To the one before, which is the one chosen last then; both stay kept. */
  #back(): void {
    this.#tried.pop()
    void noteChosen(offered(this.#tried.at(-1)!.record)).catch(showProblem)
    this.#change()
  }

  #save(): void {
    const { bytes } = this.#tried.at(-1)!.model
    download(new Blob([bytes as Uint8Array<ArrayBuffer>]), 'my-sounds.safetensors')
  }

  #change(): void {
    const section = this.#section
    void this.#listener?.dispose()
    this.#listener = null
    const tried = this.#tried.at(-1)
    partOf(section, 'back').hidden = this.#tried.length < 2
    partOf(section, 'save').hidden = !tried
    partOf(section, 'test').hidden = !tried
    partOf(section, 'trial').hidden = !tried
    if (!tried) return
    const { bytes, labels } = tried.model
    this.#files.use(bytes, labels)
    partOf(section, 'unheard').hidden = !knowsTrySet(labels)
    this.update()
    partOf(section, 'verdict').textContent = verdict(labels, tried.taught)
    const { taught } = tried
    partOf(section, 'confusion').replaceChildren(
      ...(taught ? [confusionTable(taught.labels, taught.confusion, 'Held-out examples')] : []),
    )
    const events = partOf<LeafEvents>(section, 'events')
    events.labelFormat = asWritten
    events.clear()
    const scores = new ScoreBars(partOf(section, 'scores'), labels, asWritten)
    const views = { scores, events, detector: partOf(section, 'detector') }
    this.#listener = new DeskListener(this.#desk, {
      frontend: offered(tried.record).id,
      model: async () => bytes,
      attach: (listener, disposed) => showListener(listener, views, disposed),
    })
    if (this.#shown) this.#listener.show()
  }
}

/** Characters of a name that labels make. */
const LONGEST_NAME = 60

/** A model is called by the sounds it was taught. */
function nameOf(labels: readonly string[]): string {
  const name = labels.filter((label) => !isBackground(label)).join(', ')
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
}
