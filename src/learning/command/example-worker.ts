import { workerData } from 'node:worker_threads'
import { type Clip, type ExampleOptions, Examples } from '../data/index.ts'
import { serveBatches } from '../node/index.ts'

/** What the thread that makes the examples of `npm run train` is given. */
export interface ExampleWork {
  readonly clips: readonly Clip[]
  readonly options: ExampleOptions
  /** Examples in a batch. */
  readonly size: number
}

const { clips, options, size } = workerData as ExampleWork
serveBatches(new Examples(clips, options), size)
