import { clearProblem, partOf, showProblem } from '../common/index.ts'
import {
  changeModel,
  deleteModel,
  fillModels,
  keepModel,
  modelIn,
  nameOfFile,
  noteChosen,
  type OfferedModel,
  offered,
  offeredModels,
  shippedModels,
} from '../library/index.ts'

const DELETE = 'Delete'
const SURE = 'Delete for good?'

/** Which model listens: one of the page's, one that is kept in this browser, or a file, which is kept then. */
export class ModelChoice {
  readonly #section: HTMLElement
  readonly #select: HTMLSelectElement
  readonly #onChoose: (model: OfferedModel) => void
  #own: readonly OfferedModel[] = []
  /** The file that was chosen last. */
  #reading: File | null = null

  constructor(section: HTMLElement, onChoose: (model: OfferedModel) => void) {
    this.#section = section
    this.#select = partOf(section, 'choice')
    this.#onChoose = onChoose
    fillModels(this.#select, [])
    this.#select.addEventListener('change', () => this.#choose())
    const input = partOf<HTMLInputElement>(section, 'file')
    partOf(section, 'open').addEventListener('click', () => input.click())
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      input.value = ''
      if (file) this.#open(file).catch(showProblem)
    })
    const name = partOf<HTMLInputElement>(section, 'name')
    name.addEventListener('change', () => this.#rename(name.value.trim()).catch(showProblem))
    const button = partOf(section, 'delete')
    button.addEventListener('click', () => {
      if (button.textContent === SURE) this.#delete().catch(showProblem)
      else button.textContent = SURE
    })
    button.addEventListener('blur', () => {
      button.textContent = DELETE
    })
    this.#showOwn()
  }

  /** Offers what is kept by now. */
  async refresh(): Promise<void> {
    this.#own = await offeredModels()
    fillModels(this.#select, this.#own)
    this.#showOwn()
  }

  /** A file that is no model changes nothing. @throws LeafError `model-file` */
  async #open(file: File): Promise<void> {
    clearProblem()
    this.#reading = file
    const { bytes } = await modelIn(file)
    const { id } = offered(await keepModel(bytes, 'opened', nameOfFile(file)))
    await this.refresh()
    if (this.#reading !== file) return
    this.#select.value = id
    this.#choose()
  }

  #choose(): void {
    this.#reading = null
    this.#showOwn()
    void noteChosen(this.#chosen).catch(showProblem)
    this.#onChoose(this.#chosen)
  }

  async #rename(name: string): Promise<void> {
    const { record } = this.#chosen
    if (record && name) await changeModel(record, { name })
    await this.refresh()
  }

  async #delete(): Promise<void> {
    const { record } = this.#chosen
    if (!record) return
    await deleteModel(record)
    await this.refresh()
    this.#choose()
    this.#select.focus()
  }

  get #chosen(): OfferedModel {
    const all = [...shippedModels, ...this.#own]
    return all.find(({ id }) => id === this.#select.value) ?? firstModel
  }

  /** A model of one's own can be renamed and deleted. */
  #showOwn(): void {
    const { record } = this.#chosen
    partOf(this.#section, 'own').hidden = record === null
    partOf<HTMLInputElement>(this.#section, 'name').value = record?.name ?? ''
    partOf(this.#section, 'delete').textContent = DELETE
  }
}

/** The model of the page's first visit. */
export const [firstModel] = shippedModels
