import { percent } from '../../src/view/index.ts'
import { create } from '../common/index.ts'
import { type ClipName, clipTitles } from './clips.ts'
import { type HeadText, headText, type Kind } from './heads.ts'

/** Labels shown, the likeliest first. */
const SHOWN = 3
/** Share of the old scores that stays when new ones come: steady enough to be read, quick enough to follow a word. */
const STAYS = 0.6

/** One head of the model: its question, what it was learned from, and what it answers now, where it can. */
export class HeadCard {
  readonly element: HTMLElement
  readonly kind: Kind | null
  readonly #waits: HTMLElement
  readonly #text: HeadText
  readonly #labels: readonly string[]
  readonly #scores: Float64Array
  readonly #rows: HTMLElement[]

  /** @param accuracy on clips that it has not learned from, 0…1 @param play hears a clip to try it with */
  constructor(
    name: string,
    labels: readonly string[],
    accuracy: number | undefined,
    play: (clip: ClipName) => void,
  ) {
    this.#text = headText(name)
    const { kind, learned, clip } = this.#text
    this.kind = kind
    this.#labels = labels
    this.#scores = new Float64Array(labels.length)
    this.element = create('section', '', 'card head-card')
    const known = accuracy === undefined ? '' : ` · right in ${percent(accuracy)} of the test clips`
    const head = create('div', '', 'head')
    head.append(create('h2', this.#text.question), create('p', `${labels.length} answers${known}`))
    this.#waits = create('p', kind ? `Waits for ${kind.name}.` : '', 'waits hint')
    const list = create('ol', '', 'answers')
    this.#rows = Array.from({ length: Math.min(SHOWN, labels.length) }, () => {
      const row = create('li')
      row.append(create('span', '', 'bar'), create('span', '–', 'answer'), create('span', '', 'share'))
      return row
    })
    list.append(...this.#rows)
    this.element.append(head, create('p', learned, 'learned'), list)
    const foot = create('div', '', 'foot')
    foot.append(this.#waits)
    if (clip) {
      const button = create('button', `Hear ${clipTitles[clip]}`, 'quiet')
      button.setAttribute('type', 'button')
      button.addEventListener('click', () => play(clip))
      foot.append(button)
    }
    this.element.append(foot)
  }

  /** @param scores 0…1, one a label; they sum to 1 */
  show(scores: ArrayLike<number>): void {
    this.#tellWaiting(false)
    const mean = this.#scores
    for (let i = 0; i < mean.length; i++) mean[i] = STAYS * mean[i] + (1 - STAYS) * scores[i]
    const order = Array.from(mean.keys()).sort((one, other) => mean[other] - mean[one])
    this.#rows.forEach((row, place) => {
      const label = order[place]
      const [bar, answer, share] = row.children as unknown as HTMLElement[]
      bar.style.transform = `scaleX(${mean[label].toFixed(3)})`
      answer.textContent = this.#text.say(this.#labels[label])
      share.textContent = percent(mean[label])
    })
  }

  /** Nothing is heard that it could answer for. */
  clear(): void {
    this.#tellWaiting(true)
    this.#scores.fill(0)
    for (const row of this.#rows) {
      const [bar, answer, share] = row.children as unknown as HTMLElement[]
      bar.style.transform = 'scaleX(0)'
      answer.textContent = '–'
      share.textContent = ''
    }
  }

  #tellWaiting(waits: boolean): void {
    this.element.classList.toggle('waiting', waits)
    this.#waits.hidden = !waits
  }
}
