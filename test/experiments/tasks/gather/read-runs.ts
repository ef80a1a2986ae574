import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { LeafError } from '../../../../src/error.ts'
import { CONDITIONS, SYSTEMS, TASKS, type Task } from '../design/names.ts'
import type { Run } from '../design/runs.ts'
import { type ChosenSettings, usualGain } from '../design/settings.ts'
import { type GatheredRun, type GatheredTogether, runSchema, togetherSchema } from './record-schema.ts'
import { isVariant, settingOptions } from './reproduce.ts'

/** All runs that results.json holds or is about to hold. */
export interface GatheredRuns {
  /** Of single tasks with the usual settings, by condition, task, system and seed. */
  readonly runs: readonly GatheredRun[]
  /** Of all tasks at once with the usual settings, by system and seed. */
  readonly together: readonly GatheredTogether[]
  /** Of single tasks with an option that changes the frontend, its start or the levels. */
  readonly variants: readonly GatheredRun[]
  /** Trained on what may be passed on alone: the runs behind the shipped models. */
  readonly shipped: readonly (GatheredRun | GatheredTogether)[]
}

type AnyRun = GatheredRun | GatheredTogether

interface Filed<Run> {
  /** Where it was read from, for errors. */
  readonly path: string
  readonly run: Run
}

/** What has to be the same in all runs of a task and condition, or they are not set side by side. */
const SHARED = ['settings', 'clips', 'groups', 'labels', 'chance', 'majority'] as const

/**
 * What OUT/results.json holds and the single runs in the folder `runs`; a single run takes the place of the same one in
 * results.json.
 *
 * @throws LeafError `data-folder` when there is no run of a single task, naming the file that is damaged, that is no
 * run, or that cannot be set side by side with another.
 */
export function readRuns(out: string, runs = join(out, 'runs')): GatheredRuns {
  const fresh = singleRuns(runs)
  checkDistinct(fresh)
  const known = new Set(fresh.map(({ run }) => identityOf(run)))
  const all = [...fresh, ...gatheredBefore(out).filter(({ run }) => !known.has(identityOf(run)))]
  const usual = all.filter(({ run }) => !run.shippable && !isVariant(run))
  const single = usual.flatMap(({ path, run }) => ('tasks' in run ? [] : [{ path, run }]))
  const together = usual.flatMap(({ path, run }) => ('tasks' in run ? [{ path, run }] : []))
  if (single.length === 0) {
    throw new LeafError(
      'data-folder',
      `Neither ${join(out, 'results.json')} nor ${runs} holds a run with the usual settings.`,
      `Do the runs first: npm run tasks -- --data DIR --out ${out}.`,
    )
  }
  checkComparable(single)
  checkComparable(together.flatMap(({ path, run }) => eachTask(run).map((one) => ({ path, run: one }))))
  const rest = all.map(({ run }) => run)
  return {
    runs: single.map(({ run }) => run).sort(inOrder),
    together: together.map(({ run }) => run).sort(byFirstTask),
    variants: rest
      .filter((run): run is GatheredRun => !run.shippable && isVariant(run) && !('tasks' in run))
      .sort((one, other) => compare(variantOf(one), variantOf(other)) || inOrder(one, other)),
    shipped: rest.filter(({ shippable }) => shippable).sort(byFirstTask),
  }
}

/**
 * Whether OUT/results.json holds a run, with whatever number of examples. Runs of before, which kept the best of several
 * checks and had a setting `patience`, are others.
 */
export function hasGathered(out: string, run: Run, settings: ChosenSettings): boolean {
  const { tasks, together, ...named } = run
  const gainDb = settings.gainDb ?? usualGain(run.condition)
  const wanted = identityOf({
    ...named,
    settings: { ...settings, gainDb },
    ...(together ? { tasks: tasks.map((task) => ({ task })) } : { task: tasks[0] }),
  })
  return gatheredBefore(out).some(
    (one) => identityOf(one.run) === wanted && !('patience' in one.run.settings),
  )
}

/** As if every task had been learned by itself. */
export function eachTask({ tasks, ...run }: GatheredTogether): GatheredRun[] {
  return tasks.map((task) => ({ ...run, ...task }))
}

/** The options by which a run is a variant, as the command takes them. */
export function variantOf(run: Pick<AnyRun, 'condition' | 'settings'>): string {
  return settingOptions(run).slice(2).join(' ')
}

function singleRuns(folder: string): Filed<AnyRun>[] {
  const of = <Run extends AnyRun>(names: readonly string[], schema: v.GenericSchema<unknown, Run>) =>
    names
      .flatMap((name) => [join(folder, name), join(folder, `${name}-shippable`)])
      .filter(existsSync)
      .flatMap((path) => readdirSync(path).map((file) => join(path, file)))
      .filter((path) => path.endsWith('.json'))
      .sort()
      .map((path) => ({ path, run: asRun(path, parsed(path), schema) }))
  return [...of(CONDITIONS, runSchema), ...of(['together'], togetherSchema)]
}

const listsSchema = v.partial(
  v.object(v.entriesFromList(['runs', 'together', 'variants', 'shipped'], v.array(v.unknown()))),
)

function gatheredBefore(out: string): Filed<AnyRun>[] {
  const path = join(out, 'results.json')
  if (!existsSync(path)) return []
  const lists = v.safeParse(listsSchema, parsed(path))
  if (!lists.success) throw refusedRecord(path, lists.issues[0])
  return Object.entries(lists.output).flatMap(([name, entries]) =>
    entries.map((entry, i) => {
      const place = `${path}, ${name}[${i}]`
      const isTogether = entry instanceof Object && 'tasks' in entry
      return { path: place, run: asRun<AnyRun>(place, entry, isTogether ? togetherSchema : runSchema) }
    }),
  )
}

function asRun<Run>(path: string, content: unknown, schema: v.GenericSchema<unknown, Run>): Run {
  const result = v.safeParse(schema, content, { abortEarly: true })
  if (result.success) return result.output
  throw refusedRecord(path, result.issues[0])
}

function refusedRecord(path: string, issue: v.BaseIssue<unknown>): LeafError {
  const key = v.getDotPath(issue) ?? 'the whole'
  return new LeafError(
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

type Identified = Pick<GatheredRun, 'condition' | 'system' | 'seed' | 'settings'> & {
  readonly shippable?: boolean
} & ({ readonly task: Task } | { readonly tasks: readonly { readonly task: Task }[] })

/** The same for two runs that differ in their results alone. */
function identityOf(run: Identified): string {
  const tasks = 'tasks' in run ? run.tasks.map(({ task }) => task) : run.task
  const { condition, system, seed, shippable = false } = run
  return JSON.stringify([tasks, condition, system, seed, shippable, variantOf(run)])
}

function checkDistinct(filed: readonly Filed<AnyRun>[]): void {
  const paths = new Map<string, string>()
  for (const { path, run } of filed) {
    const other = paths.get(identityOf(run))
    if (other !== undefined) {
      throw new LeafError('data-folder', `${other} and ${path} are the same run.`, 'Delete one of them.')
    }
    paths.set(identityOf(run), path)
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

function byFirstTask(one: AnyRun, other: AnyRun): number {
  const [first, second] = [one, other].map((run) => ('tasks' in run ? eachTask(run)[0] : run))
  return inOrder(first, second) || Number('tasks' in one) - Number('tasks' in other)
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other))

/** Neighbours in the order are enough: runs of one task and condition lie side by side. */
function checkComparable(filed: readonly Filed<GatheredRun>[]): void {
  const sorted = filed.toSorted((one, other) => inOrder(one.run, other.run))
  sorted.slice(1).forEach((next, i) => checkBeside(sorted[i], next))
}

function checkBeside(one: Filed<GatheredRun>, other: Filed<GatheredRun>): void {
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
