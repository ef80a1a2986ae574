import type { ExampleStore } from '../../src/learning/teaching/index.ts'
import { clearProblem, partOf, showProblem } from '../common/index.ts'
import type { Desk } from '../desk/index.ts'
import { ClassCard, isBackground } from '../examples/index.ts'

/** Examples of a class from which on it can be trained, and from which on it goes well. */
const [LEAST, GOOD] = [2, 10]

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

const isShort = ({ examples }: Filled) => examples < LEAST

interface Filled {
  readonly name: string
  readonly examples: number
}

function lackOf(classes: readonly Filled[]): string {
  if (classes.length < 2) return 'Waits for a second sound.'
  const names = classes.filter(isShort).map(({ name }) => name)
  return names.length > 0 ? `Waits for ${LEAST} examples each of: ${names.join(', ')}.` : ''
}

/** What to do next. */
function advice(classes: readonly Filled[]): string {
  if (classes.length < 2)
    return 'Name the sounds it shall learn, two or more. The background, your room without them, keeps it from crying wolf.'
  const short = classes.filter(isShort)
  if (short.length > 0) {
    const [{ name }] = short
    return isBackground(name)
      ? `Press Record at ${name} and let the room be for some seconds: every second becomes an example.`
      : `Press Record at ${name} and make the sound several times, with a pause between: every time becomes an example.`
  }
  const few = classes.filter(({ examples }) => examples < GOOD)
  if (few.length > 0)
    return `Enough to try. It gets better with ${GOOD} or more examples each: ${few.map(({ name }) => name).join(', ')}.`
  return 'Enough of each. Train below; more examples from other places and distances make it sturdier.'
}
