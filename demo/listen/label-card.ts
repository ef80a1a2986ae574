import { type LabelFigures, type Model, splitFigures } from '../../src/model/index.ts'
import { type LabelFormat, percent } from '../../src/view/index.ts'
import { clearProblem, partOf, pieceOf, showProblem, wavOf } from '../common/index.ts'
import type { Desk } from '../desk/index.ts'
import { type LabelExample, labelExamples } from './label-examples.ts'

/** What one label means, how it sounds, and how often it is right. */
export class LabelCard {
  readonly #section: HTMLElement
  readonly #card: HTMLElement
  #format: LabelFormat = String
  #examples: ReadonlyMap<string, LabelExample> = new Map()
  #figures: ReadonlyMap<string, LabelFigures> = new Map()
  /** The chip whose label is told. */
  #button: HTMLButtonElement | null = null
  #label = ''

  /** @param warm resolves once the model would miss nothing of what is played */
  constructor(section: HTMLElement, desk: Desk, warm: () => Promise<void>) {
    this.#section = section
    this.#card = partOf(section, 'label')
    partOf(section, 'label-play').addEventListener('click', () => {
      const example = this.#examples.get(this.#label)
      if (!example) return
      clearProblem()
      const sounding = Promise.all([pieceOf(...example.piece), warm()])
      sounding.then(([sound]) => desk.play(wavOf(sound), example.title), showProblem)
    })
  }

  /** @param isShipped whether its labels mean what those of the page's models do */
  prepare(model: Model, format: LabelFormat, isShipped: boolean): void {
    this.#format = format
    this.#examples = isShipped ? labelExamples : new Map()
    this.#figures = splitFigures(model.card, model.labels).ofLabels
    this.#close()
  }

  /** What is done when a label is chosen; null where there is nothing to tell of it. */
  chooser(label: string): ((button: HTMLButtonElement) => void) | null {
    if (!this.#examples.has(label) && !this.#figures.has(label)) return null
    return (button) => (this.#button === button ? this.#close() : this.#open(label, button))
  }

  #open(label: string, button: HTMLButtonElement): void {
    this.#close()
    const example = this.#examples.get(label)
    this.#button = button
    this.#label = label
    button.setAttribute('aria-expanded', 'true')
    button.setAttribute('aria-controls', this.#card.id)
    partOf(this.#section, 'label-name').textContent = this.#format(label)
    partOf(this.#section, 'label-example').textContent = example ? `What counts as it: ${example.means}.` : ''
    partOf(this.#section, 'label-figures').textContent = figuresText(this.#figures.get(label))
    partOf(this.#section, 'label-play').hidden = !example
    this.#card.hidden = false
  }

  #close(): void {
    this.#button?.removeAttribute('aria-expanded')
    this.#button?.removeAttribute('aria-controls')
    this.#button = null
    this.#card.hidden = true
  }
}

/** How often a label is right, in a sentence; nothing where nothing is known. */
export function figuresText({ precision, recall }: LabelFigures = {}): string {
  const parts = [
    ...(precision === undefined ? [] : [`it was right ${percent(precision)} of the times it named it`]),
    ...(recall === undefined ? [] : [`it named ${percent(recall)} of those there were`]),
  ]
  return parts.length === 0 ? '' : `Tried with clips it had not heard before: ${parts.join(', and ')}.`
}
