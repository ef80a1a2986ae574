import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Batch, BatchOptions } from './batch-maker.ts'
import type { Clip } from './clips.ts'

const AHEAD = 4
/** A worker thread does not inherit the loader of TypeScript files, so it first has to register its own. */
const START = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(${JSON.stringify(new URL('./example-worker.ts', import.meta.url).href)})
})`

/** Batches in their order, made ahead of need on a thread of their own. */
export class BatchQueue {
  readonly #worker: Worker
  readonly #failure: Promise<never>
  readonly #waiting = new Map<number, Batch>()
  #asked: number
  #next: number

  /** @param first index of the first batch that will be taken */
  constructor(clips: readonly Clip[], options: BatchOptions, first: number) {
    this.#worker = new Worker(START, { eval: true, workerData: { clips, options } })
    this.#worker.on('message', (batch: Batch) => this.#waiting.set(batch.index, batch))
    this.#failure = once(this.#worker, 'error').then(([error]) => {
      throw error
    })
    this.#failure.catch(() => {})
    this.#asked = first
    this.#next = first
  }

  async take(): Promise<Batch> {
    while (this.#asked < this.#next + AHEAD) this.#worker.postMessage(this.#asked++)
    while (!this.#waiting.has(this.#next)) await Promise.race([once(this.#worker, 'message'), this.#failure])
    const batch = this.#waiting.get(this.#next)!
    this.#waiting.delete(this.#next++)
    return batch
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
