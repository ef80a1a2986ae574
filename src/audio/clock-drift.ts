import type { AnyContext } from './context.ts'

/** Holds a live context's clock against the wall clock. Main thread. */
export class ClockDrift {
  readonly #context: AnyContext & Partial<EventTarget & { readonly state: string }>
  readonly #restart = (): void => {
    this.#start = this.#context.state === 'running' ? this.#offset() : null
  }
  #start: number | null = null

  constructor(context: AnyContext) {
    this.#context = context
    // An offline context has no clock to compare.
    if ('startRendering' in context) return
    this.#context.addEventListener?.('statechange', this.#restart)
    this.#restart()
  }

  /** Seconds the audio clock gained since the context last began to run; null while it does not. */
  get seconds(): number | null {
    return this.#start === null ? null : this.#offset() - this.#start
  }

  stop(): void {
    this.#context.removeEventListener?.('statechange', this.#restart)
    this.#start = null
  }

  #offset(): number {
    return this.#context.currentTime - performance.now() / 1000
  }
}
