import { readModelInWorker } from '../../src/audio/index.ts'
import { clearProblem, once, showProblem } from '../common/index.ts'
import { type Desk, DeskListener, type Screen } from '../desk/index.ts'
import type { OfferedModel } from '../library/index.ts'
import { LastSeconds } from './last-seconds.ts'
import './listen.css'
import markup from './listen.html?raw'
import { firstModel, ModelChoice } from './model-choice.ts'
import { Views } from './views.ts'

/** The Listen screen: see and read what is heard. */
export function open(section: HTMLElement, desk: Desk): Screen {
  section.innerHTML = markup
  return new ListenScreen(section, desk)
}

class ListenScreen implements Screen {
  readonly #desk: Desk
  readonly #views: Views
  readonly #choice: ModelChoice
  #listener: DeskListener
  /** The model that was asked for last. */
  #wanted = firstModel
  #shown = false

  constructor(section: HTMLElement, desk: Desk) {
    this.#desk = desk
    this.#views = new Views(section, desk, () => this.#listener.warm())
    new LastSeconds(section, desk, () => this.#views.events)
    this.#choice = new ModelChoice(section, (model) => this.#use(model))
    this.#listener = this.#listenWith(firstModel)
  }

  show(): void {
    this.#shown = true
    this.#listener.show()
    void this.#choice.refresh()
  }

  hide(): void {
    this.#shown = false
    this.#listener.hide()
  }

  #use(model: OfferedModel): void {
    this.#wanted = model
    clearProblem()
    void this.#listener.dispose()
    this.#listener = this.#listenWith(model)
    if (this.#shown) this.#listener.show()
  }

  #listenWith(wanted: OfferedModel): DeskListener {
    const model = once(() => this.#prepare(wanted))
    model().catch((error) => wanted === this.#wanted && showProblem(error))
    return new DeskListener(this.#desk, {
      frontend: wanted.id,
      model,
      attach: (listener, disposed) => this.#views.attach(listener, disposed),
    })
  }

  /** Loads a model and shows what there is of it before any sound, unless another one is wanted by then. */
  async #prepare(wanted: OfferedModel): Promise<Uint8Array> {
    try {
      const bytes = await wanted.load()
      const model = await readModelInWorker(bytes)
      if (wanted === this.#wanted) this.#views.prepare(model, wanted.labelFormat, wanted.record === null)
      return bytes
    } catch (error) {
      if (wanted === this.#wanted) this.#views.tellDetector('Detector: there is no model')
      throw error
    }
  }
}
