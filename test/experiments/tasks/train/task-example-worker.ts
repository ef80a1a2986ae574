import { workerData } from 'node:worker_threads'
import { makeBatch } from '../../../../src/learning/examples/index.ts'
import { serveBatches } from '../../../../src/learning/node/index.ts'
import { MixedExamples } from './mixed-examples.ts'
import type { TaskClip } from './task-clips.ts'
import { type TaskExampleOptions, TaskExamples } from './task-examples.ts'

/** What the thread that makes the examples of `npm run tasks` is given. */
export interface TaskExampleWork {
  /** Every batch holds as many of each, give or take one. */
  readonly tasks: readonly { readonly clips: readonly TaskClip[]; readonly options: TaskExampleOptions }[]
  /** Examples in a batch. */
  readonly batch: number
}

const { tasks, batch } = workerData as TaskExampleWork
const source = new MixedExamples(tasks.map(({ clips, options }) => new TaskExamples(clips, options)))
serveBatches((index) => makeBatch(source, index, batch))
