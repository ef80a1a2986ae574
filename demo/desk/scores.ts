import { type LabelFormat, percent } from '../../src/view/index.ts'
import { create } from '../common/index.ts'

/** Of more classes than this only those of the highest scores are shown. */
const SHOWN = 24

/** One bar a class, as sure as the classifier is of it right now. */
export class ScoreBars {
  readonly #bars: HTMLElement[]

  /**
   * @param list whose items the bars become
   * @param choose what is done when a label is chosen; null for one of which there is nothing to tell
   */
  constructor(
    list: HTMLElement,
    labels: readonly string[],
    format: LabelFormat,
    choose: (label: string) => ((button: HTMLButtonElement) => void) | null = () => null,
  ) {
    const items = labels.map((label) => {
      const item = create('li')
      const bar = create('span', '', 'score')
      const meaning = {
        role: 'meter',
        'aria-label': format(label),
        'aria-valuemin': '0',
        'aria-valuemax': '1',
      }
      for (const [name, value] of Object.entries(meaning)) bar.setAttribute(name, value)
      const chosen = choose(label)
      const name = create(chosen ? 'button' : 'span', format(label), 'name')
      if (name instanceof HTMLButtonElement && chosen) {
        name.type = 'button'
        name.addEventListener('click', () => chosen(name))
      }
      item.append(bar, name)
      return item
    })
    list.replaceChildren(...items)
    this.#bars = items.map((item) => item.firstElementChild as HTMLElement)
    this.clear()
  }

  /** @param scores 0…1, one a label */
  show(scores: ArrayLike<number>): void {
    const highest = this.#bars.map((_, index) => index).sort((a, b) => scores[b] - scores[a])
    highest.forEach((index, rank) => {
      const bar = this.#bars[index]
      bar.parentElement!.hidden = rank >= SHOWN
      if (rank >= SHOWN) return
      bar.style.transform = `scaleX(${scores[index].toFixed(3)})`
      bar.setAttribute('aria-valuenow', scores[index].toFixed(2))
      bar.setAttribute('aria-valuetext', percent(scores[index]))
    })
  }

  clear(): void {
    this.show(new Float32Array(this.#bars.length))
  }
}
