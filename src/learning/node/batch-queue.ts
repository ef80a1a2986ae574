import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { BatchSource, SoundBatch } from '../examples/index.ts'
import { startWorker } from './start-worker.ts'

const AHEAD = 4

/** Batches in their order, made ahead of need on a thread of their own. */
export class BatchQueue implements BatchSource {
  readonly #worker: Promise<Worker>
  #failure: Error | undefined
  readonly #waiting = new Map<number, SoundBatch>()
  #asked: number
  #next: number

  /**
   * @param module of the thread; it answers an index with that batch (`serveBatches`)
   * @param workerData what it makes examples from
   * @param first index of the first batch that will be taken
   */
  constructor(module: URL, workerData: unknown, first: number) {
    this.#worker = this.#start(module, workerData)
    // Whoever takes a batch hears of a failure.
    this.#worker.catch(() => {})
    this.#asked = first
    this.#next = first
  }

  async take(): Promise<SoundBatch> {
    const worker = await this.#worker
    while (this.#asked < this.#next + AHEAD) worker.postMessage(this.#asked++)
    while (!this.#waiting.has(this.#next)) {
      if (this.#failure) throw this.#failure
      // Throws what fails meanwhile. A race with a promise that never settles would keep every batch in memory.
      await once(worker, 'message')
    }
    const batch = this.#waiting.get(this.#next)!
    this.#waiting.delete(this.#next++)
    return batch
  }

  async close(): Promise<void> {
    await (await this.#worker).terminate()
  }

  async #start(module: URL, workerData: unknown): Promise<Worker> {
    const worker = await startWorker(module, workerData)
    worker.on('message', (batch: SoundBatch) => this.#waiting.set(batch.index, batch))
    worker.on('error', (error: Error) => {
      this.#failure = error
    })
    return worker
  }
}
