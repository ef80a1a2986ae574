import { workerData } from 'node:worker_threads'
import { prepareBackend } from '../backend.ts'
import { type Clip, type ExampleOptions, Examples, soundOf } from '../data/index.ts'
import { Teacher, type WholeClip } from '../distillation/index.ts'
import { makeBatch, type SoundBatch } from '../examples/index.ts'
import { serveBatches } from '../node/index.ts'
import { streams } from '../random/index.ts'
import { targetOf } from './clip-sets.ts'

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

/** Examples from which a teacher learns the student's labels, beside the clips as they are. Chosen, not fitted. */
const LEARNED_FROM = 10_000

const { clips, unlabelled, options, size, teacher } = workerData as ExampleWork
const source = new Examples(clips, options, unlabelled)
if (!teacher) serveBatches(source, size)
else {
  const { path, examples } = teacher
  const repeated = { make: (number: number) => source.make(number % examples) }
  await prepareBackend()
  const heard = await Teacher.open(path, options)
  const numberOf = (index: number, place: number) => (index * size + place) % examples
  await heard.learnLabels(
    wholeClips(),
    firstBatches(Math.ceil(Math.min(examples, LEARNED_FROM) / size)),
    numberOf,
    streams.teachersLabels(options.seed),
  )
  serveBatches(repeated, size, (batch) => heard.teach(batch, numberOf))

  function* firstBatches(count: number): Iterable<SoundBatch> {
    for (let index = 0; index < count; index++) yield makeBatch(repeated, index, size)
  }
}

function* wholeClips(): Iterable<WholeClip> {
  for (const clip of clips) yield { sound: soundOf(clip), target: targetOf(clip.row.labels, options) }
}
