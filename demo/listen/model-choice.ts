import { fetchModel } from '../../src/model/index.ts'
import { type LabelFormat, words } from '../../src/view/index.ts'
import { asWritten, clearProblem, isSame, partOf, showProblem } from '../common/index.ts'
import { type KeptName, keptModel, modelIn } from '../examples/index.ts'

/** A model that can listen. */
export interface OfferedModel {
  /** The bytes of its file. */
  load(): Promise<Uint8Array>
  readonly labelFormat: LabelFormat
}

const SHIPPED = [
  { id: 'events', name: 'Sixteen kinds of sound' },
  { id: 'keywords', name: 'Spoken words' },
]
const KEPT: readonly { readonly id: KeptName; readonly name: string }[] = [
  { id: 'taught', name: 'My sounds, taught here' },
  { id: 'adapted', name: 'My sounds, adapted to a room' },
  { id: 'opened', name: 'Loaded in Teach' },
]

/** Which model listens: one of the page's, one that was taught here, or a file. */
export class ModelChoice {
  readonly #select: HTMLSelectElement
  readonly #onChoose: (model: OfferedModel) => void
  /** Those opened, by their names in the list: it can be gone back to them. */
  readonly #files = new Map<string, Uint8Array>()
  /** The file that was chosen last. */
  #reading: File | null = null
  /** As they were when they were last offered. */
  readonly #kept = new Map<string, Uint8Array>()

  constructor(section: HTMLElement, onChoose: (model: OfferedModel) => void) {
    this.#select = partOf(section, 'choice')
    this.#onChoose = onChoose
    this.#select.append(...SHIPPED.map(({ id, name }) => new Option(name, id)))
    this.#select.addEventListener('change', () => this.#choose())
    const input = partOf<HTMLInputElement>(section, 'file')
    partOf(section, 'open').addEventListener('click', () => input.click())
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      input.value = ''
      if (file) this.#open(file).catch(showProblem)
    })
  }

  /** Offers what was taught by now; what was taught anew takes the place of what listens. */
  async refresh(): Promise<void> {
    for (const { id, name } of KEPT) {
      const model = await keptModel(id)
      if (!model) continue
      const before = this.#kept.get(id)
      this.#kept.set(id, model)
      if (!before) this.#select.append(new Option(name, id))
      else if (this.#select.value === id && !isSame(before, model)) this.#choose()
    }
  }

  /** A file that is no model changes nothing. @throws LeafError `model-file` */
  async #open(file: File): Promise<void> {
    clearProblem()
    this.#reading = file
    const model = await modelIn(file)
    if (this.#reading !== file) return
    this.#optionOf(file.name)?.remove()
    this.#select.append(new Option(file.name, file.name, false, true))
    this.#files.set(file.name, model)
    this.#choose()
  }

  #choose(): void {
    this.#reading = null
    const id = this.#select.value
    const file = this.#files.get(id)
    const kept = this.#kept.get(id)
    const here = file ?? kept
    this.#onChoose(here ? { load: async () => here, labelFormat: asWritten } : shippedModel(id))
  }

  #optionOf(id: string): HTMLOptionElement | undefined {
    return [...this.#select.options].find(({ value }) => value === id)
  }
}

/** The model of the page's first visit. */
export const firstModel: OfferedModel = shippedModel(SHIPPED[0].id)

function shippedModel(id: string): OfferedModel {
  const load = () => fetchModel(new URL(`./models/${id}.safetensors`, document.baseURI))
  return { load, labelFormat: words }
}
