import { createListener, type Listener } from '../../src/listen.ts'
import { noteHeard, showProblem } from '../common/index.ts'
import type { Desk } from './desk.ts'

export interface DeskListenerParts {
  /** Id of its frontend, which has heard something as soon as it listens; left out: nobody looks at it. */
  readonly frontend?: string
  /** The bytes of the model file; asked for again where they could not be had. */
  readonly model: () => Promise<Uint8Array>
  /** Shows what a new listener hears from now on, until it is disposed of. */
  readonly attach: (listener: Listener, disposed: AbortSignal) => void | Promise<void>
}

/** Hears what sounds at the desk with a model of its own, while its screen is shown. */
export class DeskListener {
  readonly #desk: Desk
  readonly #parts: DeskListenerParts
  #listener: Promise<Listener> | null = null
  #shown = false
  readonly #disposed = new AbortController()

  constructor(desk: Desk, parts: DeskListenerParts) {
    this.#desk = desk
    this.#parts = parts
    const { signal } = this.#disposed
    // The worklet and the classifier get ready while the browser asks for the microphone.
    desk.addEventListener('waking', () => this.#shown && void this.#ready().catch(() => {}), { signal })
    desk.addEventListener('live', () => this.#shown && void this.#hear(), { signal })
    desk.addEventListener('still', () => void this.#rest(), { signal })
  }

  show(): void {
    this.#shown = true
    if (this.#desk.source) void this.#hear()
  }

  hide(): void {
    this.#shown = false
    void this.#rest()
  }

  /**
   * Resolves once it would miss nothing: its classifier is warm. Call it from a click or a key press.
   * @throws LeafError of the model, the worklet, the classifier
   */
  async warm(): Promise<void> {
    void this.#desk.context.resume()
    await (await this.#ready()).ready
  }

  /** Ends it for good; what sounds at the desk goes on. */
  async dispose(): Promise<void> {
    this.#disposed.abort()
    this.#shown = false
    const listener = await this.#listener?.catch(() => null)
    this.#listener = null
    await listener?.dispose()
  }

  async #hear(): Promise<void> {
    try {
      const listener = await this.#ready()
      if (!this.#shown || !this.#desk.source) return
      await listener.start(this.#desk.output)
      if (this.#parts.frontend) noteHeard(this.#parts.frontend)
    } catch (error) {
      if (this.#disposed.signal.aborted) return
      this.#desk.giveUp()
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
    const { signal } = this.#disposed
    const model = await this.#parts.model()
    signal.throwIfAborted()
    const listener = await createListener({ model, context: this.#desk.context })
    if (signal.aborted) await listener.dispose()
    signal.throwIfAborted()
    await this.#parts.attach(listener, signal)
    return listener
  }
}
