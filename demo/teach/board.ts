import type { ExampleStore } from '../../src/learning/teaching/index.ts'
import { clearProblem, partOf, showProblem } from '../common/index.ts'
import type { Desk } from '../desk/index.ts'
import { ClassCard } from '../examples/index.ts'
import { advice, lackOf } from './wanted.ts'

/** The classes and their examples. */
export class Board {
  readonly #section: HTMLElement
  readonly #desk: Desk
  readonly #store: ExampleStore
  readonly #onChange: (lacking: string) => void
  readonly #cards = new Set<ClassCard>()

  /** @param onChange is told what has to be given before it can be trained, '' for nothing */
  constructor(section: HTMLElement, desk: Desk, store: ExampleStore, onChange: (lacking: string) => void) {
    this.#section = section
    this.#desk = desk
    this.#store = store
    this.#onChange = onChange
    const form = partOf<HTMLFormElement>(section, 'add')
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const input = form.elements.namedItem('name') as HTMLInputElement
      clearProblem()
      store.addClass(input.value.trim()).then(() => {
        input.value = ''
      }, showProblem)
    })
    partOf(section, 'undo').addEventListener('click', () => {
      clearProblem()
      store.undo().catch(showProblem)
    })
    store.addEventListener('change', () => this.#update())
    this.#update()
  }

  /** Ends what is being recorded. */
  rest(): void {
    for (const card of this.#cards) card.close()
  }

  #update(): void {
    const { classes } = this.#store
    const names = classes.map(({ name }) => name)
    for (const card of this.#cards) {
      if (names.includes(card.name)) continue
      card.close()
      this.#cards.delete(card)
    }
    const place = partOf(this.#section, 'classes')
    const elements = names.map((name) => this.#cardOf(name).element)
    if (
      elements.some((element, i) => place.children[i] !== element) ||
      place.children.length !== names.length
    )
      place.replaceChildren(...elements)
    const most = Math.max(1, ...classes.map(({ examples }) => examples))
    for (const card of this.#cards) void card.update(most)
    partOf(this.#section, 'undo').hidden = !this.#store.canUndo
    partOf(this.#section, 'advice').textContent = advice(classes)
    partOf(this.#section, 'try').hidden = classes.some(({ examples }) => examples > 0)
    this.#onChange(lackOf(classes))
  }

  #cardOf(name: string): ClassCard {
    for (const card of this.#cards) if (card.name === name) return card
    const template = partOf<HTMLTemplateElement>(this.#section, 'class')
    const card = new ClassCard(template, this.#desk, this.#store, name)
    this.#cards.add(card)
    return card
  }
}
