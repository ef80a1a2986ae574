import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { BatchSource, SoundBatch } from '../examples/index.ts'
import { startWorker } from './start-worker.ts'

const AHEAD = 4

/** Batches in their order, made ahead of need on a thread of their own. */
export class BatchQueue implements BatchSource {
  readonly #worker: Worker
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
    this.#worker = startWorker(module, workerData)
    this.#worker.on('message', (batch: SoundBatch) => this.#waiting.set(batch.index, batch))
    this.#worker.on('error', (error: Error) => {
      this.#failure = error
    })
    this.#asked = first
    this.#next = first
  }

  async take(): Promise<SoundBatch> {
    while (this.#asked < this.#next + AHEAD) this.#worker.postMessage(this.#asked++)
    while (!this.#waiting.has(this.#next)) {
      if (this.#failure) throw this.#failure
      // Throws what fails meanwhile. A race with a promise that never settles would keep every batch in memory.
      await once(this.#worker, 'message')
    }
    const batch = this.#waiting.get(this.#next)!
    this.#waiting.delete(this.#next++)
    return batch
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
