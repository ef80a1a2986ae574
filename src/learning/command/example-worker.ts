import { workerData } from 'node:worker_threads'
import { type Clip, type ExampleOptions, Examples } from '../data/index.ts'
import { serveBatches } from '../node/index.ts'
import { Teacher } from './teacher.ts'

/** What the thread that makes the examples of `npm run train` is given. */
export interface ExampleWork {
  readonly clips: readonly Clip[]
  readonly unlabelled: readonly Clip[]
  readonly options: ExampleOptions
  /** Examples in a batch. */
  readonly size: number
  /** Path of the model that says what it hears in them, where there is one. */
  readonly teacher: string | undefined
}

const { clips, unlabelled, options, size, teacher: path } = workerData as ExampleWork
const { labels, sampleRate, hop, windowFrames } = options
const examples = new Examples(clips, options, unlabelled)
if (path === undefined) serveBatches(examples, size)
else {
  const teacher = await Teacher.open(path, labels, sampleRate)
  serveBatches(examples, size, (batch) =>
    teacher.teach(batch, ({ firstFrame }) => (firstFrame + windowFrames) * hop),
  )
}
