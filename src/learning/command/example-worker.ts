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
  /** Where there is one: the path of the model that says what it hears in examples, and in how many before they come again. */
  readonly teacher: { readonly path: string; readonly examples: number } | undefined
}

const { clips, unlabelled, options, size, teacher } = workerData as ExampleWork
const { labels, sampleRate, hop, windowFrames } = options
const source = new Examples(clips, options, unlabelled)
if (!teacher) serveBatches(source, size)
else {
  const { path, examples } = teacher
  const heard = await Teacher.open(path, labels, sampleRate)
  serveBatches({ make: (number) => source.make(number % examples) }, size, (batch) =>
    heard.teach(
      batch,
      (place) => (batch.index * size + place) % examples,
      ({ firstFrame }) => (firstFrame + windowFrames) * hop,
    ),
  )
}
