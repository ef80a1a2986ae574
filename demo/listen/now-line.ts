import type { LabelName } from '../../src/events/index.ts'
import { type LabelFormat, percent, words } from '../../src/view/index.ts'
import { create, partOf } from '../common/index.ts'
import { Announcer } from './announcer.ts'
import type { Present } from './present-sound.ts'

/** The line that says what sounds now: the one thing that screen readers are told of by themselves. */
export class NowLine {
  readonly #line: HTMLElement
  readonly #sound: HTMLElement
  readonly #share: HTMLElement
  readonly #past: HTMLElement
  readonly #announcer: Announcer
  #shown = ''
  /** Of what is shown from now on. */
  labelFormat: LabelFormat = words

  constructor(section: HTMLElement) {
    this.#line = partOf(section, 'now')
    this.#sound = partOf(section, 'sound')
    this.#share = partOf(section, 'share')
    this.#past = partOf(section, 'past')
    this.#announcer = new Announcer(partOf(section, 'told'))
  }

  /** What is heard. @param past the sounds before, the newest first */
  show(present: Present, past: readonly LabelName[]): void {
    const sound = present.kind === 'sound' ? this.#spoken(present.name) : TEXTS[present.kind]
    this.#put(present.kind, sound, present.kind === 'sound' ? percent(present.share) : '')
    const names = past.map((name) => this.#spoken(name))
    if (names.join('\n') === Array.from(this.#past.children, (item) => item.textContent).join('\n')) return
    this.#past.replaceChildren(...names.map((name) => create('li', name)))
  }

  /** Nothing is listened to, or nothing yet. */
  rest(text: string): void {
    this.#put('rest', text, '')
  }

  #spoken({ head, label }: LabelName): string {
    const format = this.labelFormat
    return head === undefined ? format(label) : `${format(head)}: ${format(label)}`
  }

  #put(kind: string, sound: string, share: string): void {
    this.#line.dataset.kind = kind
    if (this.#share.textContent !== share) this.#share.textContent = share
    if (this.#shown === sound) return
    this.#shown = sound
    this.#sound.textContent = sound
    this.#announcer.say(kind === 'sound' ? `${sound}, ${share}` : sound)
  }
}

const TEXTS = { quiet: 'Quiet', other: 'Something else' }
