import { join } from 'node:path'
import { type Condition, type System, TASKS, type Task } from './names.ts'

/** One training. */
export interface Run {
  /** Each has a head of its own; more than one only where they are learned together. */
  readonly tasks: readonly Task[]
  readonly together: boolean
  readonly system: System
  readonly seed: number
  readonly condition: Condition
  /** Whether only clips are learned from whose sources allow weights to be passed on. */
  readonly shippable: boolean
}

/** Which runs are wanted. */
export interface RunChoice {
  readonly tasks: readonly Task[]
  readonly together: boolean
  readonly systems: readonly System[]
  readonly conditions: readonly Condition[]
  readonly seeds: readonly number[]
  readonly shippable: boolean
  /** Which part of how many, from 1. */
  readonly shard: readonly [number, number]
}

/** What this shard has to do, runs of the same tasks side by side. */
export function runsOf(options: RunChoice): Run[] {
  const { tasks, together, systems, conditions, seeds, shippable } = options
  const [part, parts] = options.shard
  const learned = together ? [tasks] : tasks.map((task) => [task])
  const all = conditions.flatMap((condition) =>
    seeds.flatMap((seed) =>
      learned.flatMap((some) =>
        systems.map((system) => ({ tasks: some, together, system, seed, condition, shippable })),
      ),
    ),
  )
  return all.filter((_, i) => i % parts === part - 1)
}

/** Names the run among those of its condition. */
export function nameOf({ tasks, together, system, seed }: Run): string {
  const all = together && tasks.length === TASKS.length
  return `${all ? 'all' : tasks.join('+')}-${system}-${seed}`
}

/** Where a run's record goes. */
export function recordPath(out: string, run: Run): string {
  const kind = run.together ? 'together' : run.condition
  return join(out, 'runs', run.shippable ? `${kind}-shippable` : kind, `${nameOf(run)}.json`)
}

/** Where an unfinished run goes on. */
export function checkpointPath(out: string, run: Run): string {
  return recordPath(out, run).replace(/\.json$/, '.checkpoint')
}
