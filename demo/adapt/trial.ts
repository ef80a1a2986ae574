import type { FrontendDescription } from '../../src/frontend/index.ts'
import type { Listener } from '../../src/listen.ts'
import { clock, type LeafEvents, type LeafSpectrogram } from '../../src/view/index.ts'
import { asWritten, partOf, showProblem } from '../common/index.ts'
import { type Desk, DeskListener, liveFrames, ScoreBars, showListener } from '../desk/index.ts'
import type { Subject } from './subject.ts'

/** The last step: the model listens, with PCEN as taught or as adapted. */
export class Trial {
  readonly #section: HTMLElement
  readonly #desk: Desk
  #subject: Subject | null = null
  #adapted: FrontendDescription | null = null
  #hearing: DeskListener | null = null
  #listener: Listener | null = null
  #shown = false

  constructor(section: HTMLElement, desk: Desk) {
    this.#section = section
    this.#desk = desk
    for (const choice of this.#choices) choice.addEventListener('change', () => void this.#changeOver())
  }

  show(): void {
    this.#shown = true
    this.#hearing?.show()
  }

  hide(): void {
    this.#shown = false
    this.#hearing?.hide()
  }

  /** Tries another model, which is not adapted yet. */
  use(subject: Subject): void {
    this.#subject = subject
    this.#adapted = null
    void this.#hearing?.dispose()
    this.#hearing = null
    this.#listener = null
    this.#choices[0].checked = true
    partOf(this.#section, 'trial').hidden = true
  }

  /** Offers this frontend beside the one as taught. */
  offer(adapted: FrontendDescription): void {
    this.#adapted = adapted
    partOf(this.#section, 'trial').hidden = false
    if (this.#hearing) {
      void this.#changeOver()
      return
    }
    const { bytes, model } = this.#subject!
    const scores = new ScoreBars(partOf(this.#section, 'scores'), model.labels, asWritten)
    partOf<LeafSpectrogram>(this.#section, 'live').frontend = model.frontend
    this.#hearing = new DeskListener(this.#desk, {
      model: async () => bytes,
      attach: (listener, disposed) => this.#attach(listener, scores, disposed),
    })
    if (this.#shown) this.#hearing.show()
  }

  async #attach(listener: Listener, scores: ScoreBars, disposed: AbortSignal): Promise<void> {
    this.#listener = listener
    const events = partOf<LeafEvents>(this.#section, 'events')
    events.labelFormat = asWritten
    events.clear()
    showListener(listener, { scores, events }, disposed)
    partOf<LeafSpectrogram>(this.#section, 'live').frames = await liveFrames(listener.node)
    if (this.#choices[1].checked) await this.#changeOver()
  }

  /** Puts the chosen frontend in the place of the other, while sound runs. */
  async #changeOver(): Promise<void> {
    const [listener, subject, adapted] = [this.#listener, this.#subject, this.#adapted]
    if (!listener || !subject || !adapted) return
    const isAdapted = this.#choices[1].checked
    try {
      const { sample } = await listener.node.swap(isAdapted ? adapted : subject.model.frontend)
      const since = clock(sample / listener.context.sampleRate)
      partOf(this.#section, 'inUse').textContent =
        `PCEN ${isAdapted ? 'adapted' : 'as taught'} since ${since} of the sound, without a gap.`
    } catch (error) {
      showProblem(error)
    }
  }

  /** As taught, adapted. */
  get #choices(): NodeListOf<HTMLInputElement> {
    return this.#section.querySelectorAll('[name="adapt-ear"]')
  }
}
