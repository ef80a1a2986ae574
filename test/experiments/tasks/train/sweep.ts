import { existsSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { disposeVariables } from '@tensorflow/tfjs-core'
import { prepareBackend } from '../../../../src/learning/backend.ts'
import { writeWhole } from '../../../../src/learning/node/index.ts'
import type { RunRecord, TogetherRecord } from '../design/run-record.ts'
import { checkpointPath, nameOf, type Run, recordPath, runsOf } from '../design/runs.ts'
import { frontendOf } from '../design/systems.ts'
import { hasGathered } from '../gather/read-runs.ts'
import type { TasksOptions } from '../tasks-options.ts'
import { recordOf } from './record.ts'
import { loadTask, type TaskClips } from './task-clips.ts'
import { taskModel } from './task-model.ts'
import { trainTasks } from './train-tasks.ts'

/**
 * `npm run tasks`: does the runs of which there is no record yet, one after the other.
 *
 * @throws LeafError naming the option, the line of the manifest, or the file.
 */
export async function sweep(options: TasksOptions): Promise<void> {
  await prepareBackend()
  let loaded: { readonly of: string; readonly tasks: readonly TaskClips[] } | undefined
  for (const run of runsOf(options)) {
    const { out, model } = options
    const hasRecord = existsSync(recordPath(out, run)) || hasGathered(out, run, options.settings)
    if (hasRecord && (!model || existsSync(model))) continue
    const { sampleRate } = frontendOf(run.system)
    const of = `${run.condition} ${run.tasks} ${sampleRate}`
    if (loaded?.of !== of) {
      // What was loaded before can go first.
      loaded = undefined
      loaded = { of, tasks: await loadTasks(run, options, sampleRate) }
    }
    await doRun(run, loaded.tasks, options)
    disposeVariables()
  }
}

async function loadTasks(run: Run, { data, cache }: TasksOptions, sampleRate: number): Promise<TaskClips[]> {
  const { condition, shippable } = run
  const tasks: TaskClips[] = []
  for (const task of run.tasks)
    tasks.push(await loadTask(task, { data, cache, condition, sampleRate, shippable }))
  return tasks
}

async function doRun(
  run: Run,
  tasks: readonly TaskClips[],
  { data, settings, out, model: path }: TasksOptions,
): Promise<void> {
  const checkpoint = checkpointPath(out, run)
  const trained = await trainTasks(run, tasks, settings, checkpoint)
  const record = recordOf(trained)
  if (path) writeWhole(path, taskModel(trained, record, { name: basename(path, '.safetensors'), data }))
  writeWhole(recordPath(out, run), `${JSON.stringify(record)}\n`)
  rmSync(checkpoint)
  process.stderr.write(`${lineOf(run, record)}\n`)
}

function lineOf(run: Run, record: RunRecord | TogetherRecord): string {
  const { valid, seconds, examplesPerSecond } = record
  const accuracies =
    'tasks' in record
      ? record.tasks.map(({ task, test }) => `${task} ${test[0].accuracy.toFixed(3)}`)
      : record.test.map(({ gainDb, accuracy }) => `${accuracy.toFixed(3)} at ${gainDb} dB`)
  const speed = `${seconds.toFixed(0)} s, ${examplesPerSecond.toFixed(0)} examples/s`
  return `${run.condition} ${nameOf(run)}: test ${accuracies.join(', ')}, valid ${valid.accuracy.toFixed(3)}, ${speed}`
}
