import { workerData } from 'node:worker_threads'
import type { FrontendDescription } from '../../frontend/index.ts'
import { prepareBackend } from '../backend.ts'
import { type Clip, type ExampleOptions, Examples, longestExample, soundOf } from '../data/index.ts'
import { Teacher, type WholeClip } from '../distillation/index.ts'
import { makeBatch } from '../examples/index.ts'
import { serveBatches } from '../node/index.ts'
import { streams } from '../random/index.ts'
import { chooseFrontend } from '../training/index.ts'
import { targetOf } from './clip-sets.ts'
import { TaughtExamples } from './taught-examples.ts'

/** What the thread that makes the examples of `npm run train` is given. */
export interface ExampleWork {
  readonly clips: readonly Clip[]
  readonly unlabelled: readonly Clip[]
  readonly options: ExampleOptions
  /** Examples in a batch. */
  readonly size: number
  /** Where there is one: the model that says what it hears in examples. */
  readonly teacher: ExampleTeacher | undefined
}

interface ExampleTeacher {
  /** Of the model file. */
  readonly path: string
  /** Examples that it hears before they come again. */
  readonly examples: number
  /** Of the student, where it stays as it is. */
  readonly frontend: FrontendDescription | undefined
}

/** Examples from which a teacher learns the student's labels, beside the clips as they are. Chosen, not fitted. */
const LEARNED_FROM = 10_000

const { clips, unlabelled, options, size, teacher } = workerData as ExampleWork
const source = new Examples(clips, options, unlabelled)
if (!teacher) serveBatches((index) => makeBatch(source, index, size))
else {
  await prepareBackend()
  const { frontend } = teacher
  const taught = new TaughtExamples(
    source,
    await Teacher.open(teacher.path, options),
    { count: teacher.examples, windowFrames: options.windowFrames },
    frontend && chooseFrontend(frontend, longestExample(options), 'nothing'),
  )
  await taught.learnLabels(wholeClips(), LEARNED_FROM, streams.teachersLabels(options.seed))
  serveBatches((index) => taught.batch(index, size))
}

function* wholeClips(): Iterable<WholeClip> {
  for (const clip of clips) yield { sound: soundOf(clip), target: targetOf(clip.row.labels, options) }
}
