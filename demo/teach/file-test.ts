import { detect } from '../../src/detection/index.ts'
import { percent } from '../../src/view/index.ts'
import { clearProblem, create, partOf, showProblem, tableHeading } from '../common/index.ts'
import { isBackground } from '../examples/index.ts'
import { confusionTable } from './confusion.ts'
import { expectedIn, NOTHING, type Tested, tally } from './tally.ts'

interface Row extends Tested {
  readonly share: number
  readonly name: string
}

/** Tests a model with files: what each should be, what it hears in it, how many are right, what is taken for what. */
export class FileTest {
  readonly #section: HTMLElement
  readonly #button: HTMLButtonElement
  #model: Uint8Array | null = null
  #labels: readonly string[] = []
  #rows: Row[] = []
  /** Ends the present test. */
  #ending = new AbortController()

  constructor(section: HTMLElement) {
    this.#section = section
    this.#button = partOf(section, 'test')
    const input = partOf<HTMLInputElement>(section, 'testFiles')
    this.#button.addEventListener('click', () => input.click())
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])]
      input.value = ''
      void this.#test(files)
    })
  }

  /** Tests this model from now on; what another one heard is forgotten. */
  use(model: Uint8Array, labels: readonly string[]): void {
    this.#ending.abort()
    this.#ending = new AbortController()
    this.#model = model
    this.#labels = labels
    this.#rows = []
    this.#show()
  }

  async #test(files: readonly File[]): Promise<void> {
    const { signal } = this.#ending
    clearProblem()
    const text = this.#button.textContent
    this.#button.disabled = true
    for (const file of files) {
      this.#button.textContent = `Hearing ${file.name} …`
      try {
        const row = await this.#hear(file, signal)
        if (signal.aborted) break
        this.#rows.push(row)
        this.#show()
      } catch (error) {
        if (!signal.aborted) showProblem(error)
      }
    }
    this.#button.disabled = false
    this.#button.textContent = text
  }

  /** What it names most surely in a file; the background only where there is nothing else. */
  async #hear(file: File, signal: AbortSignal): Promise<Row> {
    const best = { label: NOTHING, confidence: 0 }
    for await (const { label, confidence } of detect(file, { model: this.#model!, signal }))
      if (!isBackground(label) && confidence > best.confidence) Object.assign(best, { label, confidence })
    const background = this.#labels.find(isBackground) ?? NOTHING
    const heard = best.label === NOTHING ? background : best.label
    return { name: file.name, expected: expectedIn(file.name, this.#labels), heard, share: best.confidence }
  }

  #show(): void {
    const place = partOf(this.#section, 'tested')
    place.hidden = this.#rows.length === 0
    const { right, of, confusion, labels } = tally(this.#rows, this.#labels)
    partOf(this.#section, 'testedRight').textContent =
      of === 0 ? 'Say what each file should be.' : `${right} of ${of} files right (${percent(right / of)}).`
    partOf(this.#section, 'testedFiles').replaceChildren(...this.#rows.map((row, i) => this.#line(row, i)))
    partOf(this.#section, 'testedConfusion').replaceChildren(
      ...(of > 0 ? [confusionTable(labels, confusion, 'Files')] : []),
    )
  }

  #line(row: Row, place: number): HTMLElement {
    const { name, expected, heard, share } = row
    const line = create('tr')
    const choice = create('select') as HTMLSelectElement
    choice.setAttribute('aria-label', `What ${name} should be`)
    const options = this.#labels.map((label) => new Option(label, label))
    choice.append(new Option('–', NOTHING), ...options)
    choice.value = expected
    choice.addEventListener('change', () => {
      this.#rows[place] = { ...row, expected: choice.value }
      this.#show()
      partOf(this.#section, 'testedFiles').querySelectorAll('select')[place].focus()
    })
    const cell = create('td')
    cell.append(choice)
    const told = heard === NOTHING ? 'nothing' : share > 0 ? `${heard} (${percent(share)})` : heard
    const state = expected === NOTHING ? '' : expected === heard ? 'right' : 'wrong'
    const marks = { right: '✓ ', wrong: '✗ ', '': '' }
    line.append(tableHeading(name, 'row'), cell, create('td', marks[state] + told, state))
    return line
  }
}
