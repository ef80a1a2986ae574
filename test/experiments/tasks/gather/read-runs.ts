import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { LeafError } from '../../../../src/error.ts'
import { CONDITIONS, SYSTEMS, TASKS } from '../design/names.ts'
import { type GatheredRun, type GatheredTogether, runSchema, togetherSchema } from './record-schema.ts'

/** What OUT/runs holds. */
export interface GatheredRuns {
  /** Of single tasks, by condition, task, system and seed. */
  readonly runs: readonly GatheredRun[]
  /** Of all tasks at once, by system and seed. */
  readonly together: readonly GatheredTogether[]
}

interface Filed<Run> {
  readonly path: string
  readonly run: Run
}

/** What has to be the same in all runs of a task and condition, or they are not set side by side. */
const SHARED = ['settings', 'clips', 'labels', 'chance', 'majority'] as const

/**
 * @throws LeafError `data-folder` when there is no run of a single task, naming the file that is damaged, that is no
 * run, or that cannot be set side by side with another.
 */
export function readRuns(out: string): GatheredRuns {
  const runs = filedIn(out, CONDITIONS, runSchema)
  const together = filedIn(out, ['together'], togetherSchema)
  if (runs.length === 0) {
    throw new LeafError(
      'data-folder',
      `${join(out, 'runs')} holds no run.`,
      `Do the runs first: npm run tasks -- --data DIR --out ${out}.`,
    )
  }
  checkComparable(runs)
  checkComparable(together.flatMap(({ path, run }) => eachTask(run).map((one) => ({ path, run: one }))))
  return {
    runs: runs.map(({ run }) => run).sort(inOrder),
    together: together
      .map(({ run }) => run)
      .sort((one, other) => inOrder(eachTask(one)[0], eachTask(other)[0])),
  }
}

/** As if every task had been learned by itself. */
export function eachTask({ tasks, ...run }: GatheredTogether): GatheredRun[] {
  return tasks.map((task) => ({ ...run, ...task }))
}

function filedIn<Run>(
  out: string,
  folders: readonly string[],
  schema: v.GenericSchema<unknown, Run>,
): Filed<Run>[] {
  return folders
    .map((name) => join(out, 'runs', name))
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => ({ path, run: readRun(path, schema) }))
}

function readRun<Run>(path: string, schema: v.GenericSchema<unknown, Run>): Run {
  const result = v.safeParse(schema, parsed(path), { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const key = v.getDotPath(issue) ?? 'the whole'
  throw new LeafError(
    'data-folder',
    `${path} is no record of a run: ${key} is refused (${issue.message}).`,
    'Delete it and do the run again, or gather with the version that wrote it.',
  )
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new LeafError('data-folder', `${path} is damaged.`, 'Delete it and do the run again.', { cause })
  }
}

function inOrder(one: GatheredRun, other: GatheredRun): number {
  return (
    CONDITIONS.indexOf(one.condition) - CONDITIONS.indexOf(other.condition) ||
    TASKS.indexOf(one.task) - TASKS.indexOf(other.task) ||
    SYSTEMS.indexOf(one.system) - SYSTEMS.indexOf(other.system) ||
    one.seed - other.seed
  )
}

/** Neighbours in the order are enough: runs of one task and condition lie side by side. */
function checkComparable(filed: readonly Filed<GatheredRun>[]): void {
  const sorted = filed.toSorted((one, other) => inOrder(one.run, other.run))
  sorted.slice(1).forEach((next, i) => checkBeside(sorted[i], next))
}

function checkBeside(one: Filed<GatheredRun>, other: Filed<GatheredRun>): void {
  if (inOrder(one.run, other.run) === 0) {
    throw new LeafError(
      'data-folder',
      `${one.path} and ${other.path} are the same run.`,
      'Delete one of them.',
    )
  }
  if (one.run.condition !== other.run.condition || one.run.task !== other.run.task) return
  const differing = SHARED.find((key) => !isDeepStrictEqual(one.run[key], other.run[key]))
  if (differing !== undefined) {
    throw new LeafError(
      'data-folder',
      `${one.path} and ${other.path} cannot be compared: their ${differing} differ.`,
      'Delete the one that is out of date and do its run again.',
    )
  }
}
