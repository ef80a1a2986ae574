import { type DecodingOptions, EventDecoder } from '../events/index.ts'
import type { FrameReader } from '../frame-channel/index.ts'
import { type LoadedClassifier, type Past, stepSeconds, WindowQueue } from '../inference/index.ts'
import type { Model } from '../model/index.ts'
import { nextTask } from '../next-task.ts'
import { RecentMedian } from '../recent-median.ts'
import type { ResultSink, WorkerMetrics } from './protocol.ts'

/**
 * Frames of a reader → windows → scores → events, one window at a time, on whatever thread it is made. Between two windows
 * the thread is free for messages, even where an inference takes longer than the step from one window to the next: a
 * backend without a device of its own answers in microtasks, which alone would let nothing else in.
 */
export class Scoring {
  readonly #classifier: LoadedClassifier
  readonly #reader: FrameReader
  readonly #sink: ResultSink
  readonly #queue: WindowQueue
  readonly #window: Float32Array
  readonly #decoder: EventDecoder
  readonly #milliseconds = new RecentMedian()
  #inferences = 0
  /** Centre of the last window scored, seconds. */
  #center = 0
  #running: Promise<void> | null = null
  #stopped = false
  /** Frames before this one are in the queue already. */
  readonly #resumed: number

  /**
   * Begins at once.
   * @param queueWindows windows that may wait; beyond it the oldest are dropped
   * @param past frames of the same stream to go on from
   */
  constructor(
    model: Model,
    classifier: LoadedClassifier,
    reader: FrameReader,
    sink: ResultSink,
    queueWindows: number,
    past: Past | null,
  ) {
    this.#classifier = classifier
    this.#reader = reader
    this.#sink = sink
    this.#queue = new WindowQueue(model, queueWindows)
    this.#resumed = past ? this.#queue.resume(past) : 0
    this.#window = new Float32Array(model.classifier.windowFrames * model.frontend.channels)
    this.#decoder = new EventDecoder(model.labels, model.decoding, stepSeconds(model), model.heads)
    classifier.lost?.then((reason) => this.#fail(`the graphics device was lost (${reason})`))
    reader.onAvailable = () => {
      this.#drain()
      this.#running ??= this.#scoreAll().finally(() => {
        this.#running = null
      })
    }
  }

  /** @throws LeafError `arguments` as the decoder does */
  setOptions(options: DecodingOptions): void {
    this.#decoder.setOptions(options)
  }

  measure(): WorkerMetrics {
    return {
      queue: this.#queue.waiting,
      queueDropped: this.#queue.dropped,
      inferences: this.#inferences,
      inferenceTime: this.#milliseconds.value,
      backend: this.#classifier.backend,
    }
  }

  /**
   * Ends scoring after the window in hand; events still running are handed over with their end.
   * @returns the frames that are kept, for whoever goes on
   */
  async stop(): Promise<Past> {
    this.#stopped = true
    this.#drain()
    this.#reader.close()
    await this.#running
    for (const event of this.#decoder.finish(this.#center)) await this.#sink.event(event)
    this.#classifier.dispose()
    return this.#queue.past()
  }

  #drain(): void {
    this.#reader.drain((index, time, values) => {
      if (index >= this.#resumed) this.#queue.push(index, time, values)
    })
  }

  async #scoreAll(): Promise<void> {
    try {
      for (let times = this.#next(); times; times = this.#next()) {
        const began = performance.now()
        const values = await this.#classifier.infer(this.#window, 1)
        this.#inferences += 1
        this.#milliseconds.add(performance.now() - began)
        this.#center = times.center
        this.#sink.scores({ ...times, values })
        for (const event of this.#decoder.push(times.center, values)) this.#sink.event(event)
        for (const onset of this.#decoder.onsets) this.#sink.onset(onset)
        await nextTask()
        if (!this.#stopped) this.#drain()
      }
    } catch (error) {
      this.#fail(`scoring failed (${error instanceof Error ? error.message : error})`)
    }
  }

  #next() {
    return this.#stopped ? null : this.#queue.take(this.#window)
  }

  #fail(reason: string): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#reader.close()
    this.#sink.fault(reason)
  }
}
