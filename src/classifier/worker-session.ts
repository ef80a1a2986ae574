import { proxy, type Remote, releaseProxy, transfer, wrap } from 'comlink'
import { type Answer, unpack } from '../answer.ts'
import { LeafError } from '../error.ts'
import type { DecodingOptions } from '../events/index.ts'
import { type FrameInlet, inletTransfer } from '../frame-channel/index.ts'
import { Lifeline } from '../lifeline.ts'
import { ScriptFailure, startWorker, watchWorker } from '../worker-script.ts'
import { Heartbeat, periodsOfPatience } from './heartbeat.ts'
import type {
  ClassifierWorker,
  DetectSink,
  DetectTask,
  Legacy,
  LoadOptions,
  Ready,
  ResultSink,
  WorkerMetrics,
} from './protocol.ts'

/** One worker from its start to its end. Main thread. */
export class WorkerSession {
  readonly #worker: Worker
  readonly #remote: Remote<ClassifierWorker>
  readonly #life = new Lifeline()
  #heartbeat: Heartbeat | undefined
  #last: WorkerMetrics = { queue: 0, queueDropped: 0, inferences: 0, inferenceTime: null, backend: null }
  /** Milliseconds an inference took while the worker warmed up. */
  #warmUpTime = 0
  #ended = false

  /** @param workerUrl address of the worker's script, by default the one the bundler made */
  constructor(workerUrl: string | URL | undefined) {
    try {
      const start = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
      const started = startWorker(workerUrl, start)
      this.#worker = started.worker
      watchWorker(started, (reason) => this.#fail(reason))
    } catch (cause) {
      throw unavailable(cause)
    }
    this.#remote = wrap<ClassifierWorker>(this.#worker)
  }

  /**
   * Chooses a backend and warms it.
   * @param seconds after which it is given up
   * @throws LeafError of the model, the backends or the worker itself, `classifier` where it takes longer; the signal's reason
   */
  async load(options: LoadOptions, seconds: number, signal?: AbortSignal): Promise<Ready> {
    const abort = () => this.#fail(signal?.reason)
    const deadline = setTimeout(() => this.#fail(notReady(seconds)), 1000 * seconds)
    signal?.addEventListener('abort', abort)
    try {
      signal?.throwIfAborted()
      const ready = await this.#ask<Ready>(() => this.#remote.load(options))
      this.#warmUpTime = ready.inferenceTime
      return ready
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      clearTimeout(deadline)
      signal?.removeEventListener('abort', abort)
    }
  }

  /** Begins to score, and to watch over the worker. @param legacy of the worker before @throws LeafError when it died */
  async run(inlet: FrameInlet, legacy: Legacy | null, sink: Omit<ResultSink, 'fault'>): Promise<void> {
    const results = proxy({ ...sink, fault: (reason: string) => this.#fail(new Error(reason)) })
    this.#heartbeat = new Heartbeat(
      () => this.#fetchMetrics(),
      () => periodsOfPatience(this.#last.inferenceTime ?? this.#warmUpTime),
      () => this.#fail(new Error('the worker no longer answers')),
    )
    await this.#answer(() => this.#remote.run(transfer(inlet, inletTransfer(inlet)), legacy, results))
  }

  /**
   * Detects the events of a whole sound, whose samples go to the worker.
   * @throws LeafError of the model, the options, the backends or the worker itself
   */
  async detect(task: DetectTask, sink: DetectSink): Promise<void> {
    const buffers = task.channels.map(({ buffer }) => buffer)
    await this.#ask(() => this.#remote.detect(transfer(task, buffers), proxy(sink)))
  }

  /** @throws LeafError `arguments` as `DecodingSettings.set` */
  async setOptions(options: DecodingOptions): Promise<void> {
    await this.#ask(() => this.#remote.setOptions(options))
  }

  /** Calls back once, with a reason, when the worker can no longer score or was ended; at once if it did before. */
  whenOver(callback: (reason: string) => void): void {
    this.#life.whenOver(({ message }) => callback(message))
  }

  /** The worker's numbers now, or the last it told when it no longer answers. */
  async measure(): Promise<WorkerMetrics> {
    await this.#fetchMetrics().catch(() => {})
    return this.#last
  }

  /**
   * Lets the worker hand over its last events, then ends it; a dead one is ended as soon as that is known.
   * @returns what the next worker can go on with
   */
  async stop(): Promise<Legacy | null> {
    try {
      const { metrics, legacy } = await this.#life.answer(() => this.#remote.stop())
      this.#last = metrics
      return legacy
    } catch {
      return null
    } finally {
      this.terminate()
    }
  }

  /** Ends the worker at once. */
  terminate(): void {
    if (this.#ended) return
    this.#ended = true
    this.#heartbeat?.stop()
    this.#life.end(new Error('the worker was ended'))
    this.#remote[releaseProxy]()
    this.#worker.terminate()
  }

  async #fetchMetrics(): Promise<void> {
    this.#last = await this.#life.answer(() => this.#remote.measure())
  }

  /** What the worker answers, unpacked. */
  async #ask<Value>(question: () => Promise<unknown>): Promise<Value> {
    return unpack((await this.#answer(question)) as Answer<Value>)
  }

  /** What the worker answers; one that dies meanwhile is a LeafError. */
  async #answer<Value>(question: () => Promise<Value>): Promise<Value> {
    try {
      return await this.#life.answer(question)
    } catch (cause) {
      throw cause instanceof LeafError ? cause : unavailable(cause)
    }
  }

  #fail(reason: Error): void {
    this.#heartbeat?.stop()
    this.#life.end(reason)
  }
}

function notReady(seconds: number): LeafError {
  return new LeafError(
    'classifier',
    `The model was not ready after ${seconds} s.`,
    'Try again on a machine that does less besides, with another backend, or with a smaller model.',
  )
}

function unavailable(cause: unknown): LeafError {
  return new LeafError(
    'classifier',
    `The classifier's worker could not start: ${cause instanceof Error ? cause.message : cause}.`,
    cause instanceof ScriptFailure
      ? cause.remedy
      : 'Try again; if it stays, try the backends wasm or cpu, or give the address of another classifier.worker.js as workerUrl.',
    { cause },
  )
}
