import { words } from '../../src/view/index.ts'
import { create } from '../common/index.ts'

/** One bar a class, as sure as the classifier is of it right now. */
export class ScoreBars {
  readonly #bars: HTMLElement[]

  /** @param list whose items the bars become */
  constructor(list: HTMLElement, labels: readonly string[]) {
    const items = labels.map((label) => {
      const item = create('li')
      item.append(create('span', '', 'score'), create('span', words(label), 'name'))
      return item
    })
    list.replaceChildren(...items)
    this.#bars = items.map((item) => item.firstElementChild as HTMLElement)
  }

  /** @param scores 0…1, one a label */
  show(scores: ArrayLike<number>): void {
    this.#bars.forEach((bar, index) => {
      bar.style.transform = `scaleX(${scores[index].toFixed(3)})`
    })
  }

  clear(): void {
    this.show(new Float32Array(this.#bars.length))
  }
}
