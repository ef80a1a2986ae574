import { readModel } from '../../src/model/index.ts'
import type { Desk } from '../shell/desk.ts'
import { DeskListener } from '../shell/desk-listener.ts'
import { clearProblem, showProblem } from '../shell/problem.ts'
import type { Screen } from '../shell/screen.ts'
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
  #shown = false

  constructor(section: HTMLElement, desk: Desk) {
    this.#desk = desk
    this.#views = new Views(section)
    new LastSeconds(section, desk, () => this.#views.events)
    this.#choice = new ModelChoice(section, (model) => this.#use(model))
    this.#listener = this.#listenWith(firstModel())
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

  #use(model: Promise<Uint8Array>): void {
    clearProblem()
    void this.#listener.dispose()
    this.#listener = this.#listenWith(model)
    if (this.#shown) this.#listener.show()
  }

  #listenWith(bytes: Promise<Uint8Array>): DeskListener {
    const model = this.#prepare(bytes)
    model.catch(showProblem)
    return new DeskListener(this.#desk, {
      model,
      attach: (listener, disposed) => this.#views.attach(listener, disposed),
    })
  }

  async #prepare(bytes: Promise<Uint8Array>): Promise<Uint8Array> {
    try {
      const model = await bytes
      this.#views.prepare(readModel(model))
      return model
    } catch (error) {
      this.#views.tellDetector('Detector: there is no model')
      throw error
    }
  }
}
