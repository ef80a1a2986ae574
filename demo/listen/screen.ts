import { createListener, type Listener } from '../../src/listen.ts'
import { fetchModel, readModel } from '../../src/model/index.ts'
import type { Desk } from '../shell/desk.ts'
import { showProblem } from '../shell/problem.ts'
import type { Screen } from '../shell/screens.ts'
import './listen.css'
import markup from './listen.html?raw'
import { Views } from './views.ts'

const MODEL_ADDRESS = './models/events.safetensors'

export function open(section: HTMLElement, desk: Desk): Screen {
  section.innerHTML = markup
  return new ListenScreen(desk, new Views(section))
}

/** The Listen screen: see and read what is heard. */
class ListenScreen implements Screen {
  readonly #desk: Desk
  readonly #views: Views
  readonly #model: Promise<Uint8Array>
  #listener: Promise<Listener> | null = null
  #shown = false

  constructor(desk: Desk, views: Views) {
    this.#desk = desk
    this.#views = views
    this.#model = this.#loadModel()
    this.#model.catch(showProblem)
    // The worklet and the classifier get ready while the browser asks for the microphone.
    desk.addEventListener('waking', () => this.#shown && void this.#ready().catch(() => {}))
    desk.addEventListener('live', () => this.#shown && void this.#hear())
    desk.addEventListener('still', () => void this.#rest())
  }

  show(): void {
    this.#shown = true
    if (this.#desk.source) void this.#hear()
  }

  hide(): void {
    this.#shown = false
    void this.#rest()
  }

  async #loadModel(): Promise<Uint8Array> {
    try {
      const bytes = await fetchModel(new URL(MODEL_ADDRESS, document.baseURI))
      this.#views.prepare(readModel(bytes))
      return bytes
    } catch (error) {
      this.#views.tellDetector('Detector: there is no model')
      throw error
    }
  }

  async #hear(): Promise<void> {
    try {
      const listener = await this.#ready()
      if (this.#shown && this.#desk.source) await listener.start(this.#desk.output)
    } catch (error) {
      this.#desk.stop()
      showProblem(error)
    }
  }

  async #rest(): Promise<void> {
    const listener = await this.#listener?.catch(() => null)
    listener?.stop()
  }

  /** The listener; the first call makes it. */
  #ready(): Promise<Listener> {
    this.#listener ??= this.#create()
    this.#listener.catch(() => {
      this.#listener = null
    })
    return this.#listener
  }

  async #create(): Promise<Listener> {
    const model = await this.#model
    this.#views.tellDetector('Detector: getting ready …')
    const listener = await createListener({ model, context: this.#desk.context })
    await this.#views.attach(listener)
    return listener
  }
}
