import { fetchModel } from '../../src/model/index.ts'
import { partOf } from '../shell/dom.ts'
import { type KeptName, keptModel } from '../teach/kept-models.ts'

const SHIPPED = [
  { id: 'events', name: 'Sixteen kinds of sound' },
  { id: 'keywords', name: 'Spoken words' },
]
const KEPT: readonly { readonly id: KeptName; readonly name: string }[] = [
  { id: 'taught', name: 'My sounds, taught here' },
  { id: 'adapted', name: 'My sounds, adapted to a room' },
]

/** Which model listens: one of the page's, one that was taught here, or a file. */
export class ModelChoice {
  readonly #select: HTMLSelectElement
  readonly #onChoose: (model: Promise<Uint8Array>) => void
  /** Those opened, by their names in the list: it can be gone back to them. */
  readonly #files = new Map<string, File>()

  constructor(section: HTMLElement, onChoose: (model: Promise<Uint8Array>) => void) {
    this.#select = partOf(section, 'choice')
    this.#onChoose = onChoose
    this.#select.append(...SHIPPED.map(({ id, name }) => new Option(name, id)))
    this.#select.addEventListener('change', () => this.#choose())
    const input = partOf<HTMLInputElement>(section, 'file')
    partOf(section, 'open').addEventListener('click', () => input.click())
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      input.value = ''
      if (file) this.#open(file)
    })
  }

  /** Offers what was taught by now. */
  async refresh(): Promise<void> {
    for (const { id, name } of KEPT) {
      const isThere = (await keptModel(id)) !== null
      const offered = this.#optionOf(id)
      if (isThere && !offered) this.#select.append(new Option(name, id))
      if (!isThere) offered?.remove()
    }
  }

  #open(file: File): void {
    this.#optionOf(file.name)?.remove()
    this.#select.append(new Option(file.name, file.name, false, true))
    this.#files.set(file.name, file)
    this.#choose()
  }

  #choose(): void {
    const id = this.#select.value
    const file = this.#files.get(id)
    this.#onChoose(file ? bytesOf(file) : modelOf(id))
  }

  #optionOf(id: string): HTMLOptionElement | undefined {
    return [...this.#select.options].find(({ value }) => value === id)
  }
}

/** The model of the page's first visit. */
export const firstModel = () => modelOf(SHIPPED[0].id)

async function modelOf(id: string): Promise<Uint8Array> {
  const kept = KEPT.find((model) => model.id === id)
  if (kept) return (await keptModel(kept.id))!
  return fetchModel(new URL(`./models/${id}.safetensors`, document.baseURI))
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer())
