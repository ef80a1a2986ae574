import { type Remote, releaseProxy, wrap } from 'comlink'
import { type Answer, unpack } from '../../src/answer.ts'
import { LeafError } from '../../src/error.ts'
import { Lifeline } from '../../src/lifeline.ts'
import { ScriptFailure, type StartedWorker, startWorker, watchWorker } from '../../src/worker-script.ts'

/** The worker that reads a file which somebody brings: that takes as long as it likes, and the page goes on meanwhile. */
export class FileWorker<Api extends object> {
  readonly #started: StartedWorker
  readonly #remote: Remote<Api>
  readonly #life = new Lifeline()

  /**
   * @param make `() => new Worker(new URL('…', import.meta.url), …)`, written as bundlers know it
   * @throws LeafError `library-load`
   */
  constructor(file: File, make: () => Worker) {
    try {
      this.#started = startWorker(undefined, make)
    } catch (cause) {
      throw unreadable(file, cause)
    }
    watchWorker(this.#started, (cause) => this.#life.end(unreadable(file, cause)))
    this.#remote = wrap<Api>(this.#started.worker)
  }

  /** @throws LeafError as the worker answers; `library-load` where it did not start or broke */
  async ask<Value>(ask: (worker: Remote<Api>) => Promise<Answer<Value>>): Promise<Value> {
    return unpack(await this.#life.answer(() => ask(this.#remote)))
  }

  end(): void {
    this.#remote[releaseProxy]()
    this.#started.worker.terminate()
  }
}

function unreadable({ name }: File, cause: unknown): LeafError {
  return new LeafError(
    'library-load',
    `What reads ${name} could not be started or broke (${cause instanceof Error ? cause.message : cause}).`,
    cause instanceof ScriptFailure ? cause.remedy : 'Choose the file again, or reload the page.',
    { cause },
  )
}
