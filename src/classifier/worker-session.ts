import { proxy, type Remote, releaseProxy, transfer, wrap } from 'comlink'
import { LeafError } from '../error.ts'
import type { Threshold } from '../events/index.ts'
import { type FrameInlet, inletTransfer } from '../frame-channel/index.ts'
import { Lifeline } from '../lifeline.ts'
import {
  type Answer,
  type BackendChoice,
  type ClassifierWorker,
  type LoadOptions,
  type ResultSink,
  unpack,
  type WorkerMetrics,
} from './protocol.ts'

const HEARTBEAT_MS = 2000
/** Heartbeats without an answer after which a worker counts as dead; one dies silently when it closes itself. */
const MISSED_HEARTBEATS = 3

/** One worker from its start to its end. Main thread. */
export class WorkerSession {
  readonly #worker: Worker
  readonly #remote: Remote<ClassifierWorker>
  readonly #life = new Lifeline()
  #heartbeat: ReturnType<typeof setInterval> | undefined
  #last: WorkerMetrics = { queue: 0, queueDropped: 0, inferences: 0, inferenceTime: null, backend: null }
  #missed = 0
  #ended = false

  /** @param workerUrl address of the worker's script, by default the one the bundler made */
  constructor(workerUrl: string | URL | undefined) {
    try {
      this.#worker =
        workerUrl === undefined
          ? new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
          : new Worker(workerUrl, { type: 'module' })
    } catch (cause) {
      throw unavailable(cause instanceof Error ? cause.message : String(cause), cause)
    }
    this.#remote = wrap<ClassifierWorker>(this.#worker)
    this.#worker.onerror = (event) => {
      event.preventDefault()
      this.#fail(event.message || 'its script could not be loaded')
    }
    this.#worker.onmessageerror = () => this.#fail('a message could not be read')
  }

  /** Chooses a backend and warms it. @throws LeafError of the model, the backends or the worker itself */
  load(options: LoadOptions): Promise<BackendChoice> {
    return this.#ask(() => this.#remote.load(options))
  }

  /** Begins to score, and to watch over the worker. @throws LeafError when the frames do not fit the model */
  async run(inlet: FrameInlet, sink: Omit<ResultSink, 'fault'>): Promise<void> {
    const results = proxy({ ...sink, fault: (reason: string) => this.#fail(reason) })
    await this.#ask(() => this.#remote.run(transfer(inlet, inletTransfer(inlet)), results))
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS)
  }

  /** @throws LeafError `arguments` for a label the model has not, or a value outside 0 to 1 */
  async setThreshold(threshold: Threshold): Promise<void> {
    await this.#ask(() => this.#remote.setThreshold(threshold))
  }

  /** Calls back once, with a reason, when the worker can no longer score or was ended; at once if it did before. */
  whenOver(callback: (reason: string) => void): void {
    this.#life.whenOver(({ message }) => callback(message))
  }

  /** The worker's numbers now, or the last it told when it no longer answers. */
  async measure(): Promise<WorkerMetrics> {
    try {
      this.#last = await this.#life.answer(() => this.#remote.measure())
    } catch {
      return this.#last
    }
    return this.#last
  }

  /** Lets the worker hand over its last events, then ends it. */
  async stop(): Promise<void> {
    clearInterval(this.#heartbeat)
    await this.measure()
    await this.#life.answer(() => this.#remote.stop()).catch(() => {})
    this.terminate()
  }

  /** Ends the worker at once. */
  terminate(): void {
    if (this.#ended) return
    this.#ended = true
    clearInterval(this.#heartbeat)
    this.#remote[releaseProxy]()
    this.#worker.terminate()
    this.#life.end(new Error('the worker was ended'))
  }

  /** What the worker answers, unpacked; a worker that dies meanwhile is a LeafError too. */
  async #ask<Value>(question: () => Promise<unknown>): Promise<Value> {
    try {
      return unpack((await this.#life.answer(question)) as Answer<Value>)
    } catch (cause) {
      if (cause instanceof LeafError) throw cause
      throw unavailable(cause instanceof Error ? cause.message : String(cause), cause)
    }
  }

  #beat(): void {
    this.#missed += 1
    if (this.#missed > MISSED_HEARTBEATS) this.#fail('the worker no longer answers')
    void this.#remote.measure().then((metrics) => {
      this.#last = metrics
      this.#missed = 0
    })
  }

  #fail(reason: string): void {
    clearInterval(this.#heartbeat)
    this.#life.end(new Error(reason))
  }
}

function unavailable(reason: string, cause: unknown): LeafError {
  return new LeafError(
    'classifier',
    `The classifier's worker could not start: ${reason}.`,
    'Give the address of classifier.worker.js as workerUrl, on the origin of this page.',
    { cause },
  )
}
