import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { LeafError } from '../../../error.ts'
import { CONDITIONS, SYSTEMS, TASKS } from '../names.ts'
import { type GatheredRun, runSchema } from './record-schema.ts'

interface FiledRun {
  readonly path: string
  readonly run: GatheredRun
}

/** What has to be the same in all runs of a task and condition, or they are not set side by side. */
const SHARED = ['settings', 'clips', 'labels', 'chance', 'majority'] as const

/**
 * The runs of single tasks in OUT/runs, by condition, task, system and seed.
 *
 * @throws LeafError `data-folder` when there is none, naming the file that is damaged, that is no run, or that cannot
 * be set side by side with another.
 */
export function readRuns(out: string): GatheredRun[] {
  const filed = runFiles(join(out, 'runs')).map((path) => ({ path, run: readRun(path) }))
  if (filed.length === 0) {
    throw new LeafError(
      'data-folder',
      `${join(out, 'runs')} holds no run.`,
      `Do the runs first: npm run tasks -- --data DIR --out ${out}.`,
    )
  }
  filed.sort((one, other) => inOrder(one.run, other.run))
  filed.slice(1).forEach((next, i) => checkBeside(filed[i], next))
  return filed.map(({ run }) => run)
}

function runFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && CONDITIONS.some((condition) => condition === entry.name))
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)))
    .filter((path) => path.endsWith('.json'))
    .sort()
}

function readRun(path: string): GatheredRun {
  const result = v.safeParse(runSchema, parsed(path), { abortEarly: true })
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
function checkBeside(one: FiledRun, other: FiledRun): void {
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
