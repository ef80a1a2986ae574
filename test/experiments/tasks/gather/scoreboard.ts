import { AVERAGED, type Condition, SYSTEMS, type System, TASKS, type Task } from '../design/names.ts'
import { areApart, averageOf, type Estimate, estimateOf } from './estimate.ts'
import type { GatheredRun } from './record-schema.ts'

/** Accuracy of a system on a task. */
export interface Cell extends Estimate {
  readonly seeds: number
}

/** Task × system on one test: a condition and a gain. */
export class Scoreboard {
  readonly condition: Condition
  /** dB by which the test clips were turned up. */
  readonly gainDb: number
  /** Those with a run, in the order of names.ts. */
  readonly tasks: readonly Task[]
  readonly systems: readonly System[]
  readonly #cells: ReadonlyMap<string, Cell>

  constructor(runs: readonly GatheredRun[], condition: Condition, gainDb: number) {
    this.condition = condition
    this.gainDb = gainDb
    const accuracies = new Map<string, { clips: number; values: number[] }>()
    for (const { task, system, clips, test, ...run } of runs) {
      const line = test.find((gain) => gain.gainDb === gainDb)
      if (run.condition !== condition || !line) continue
      const cell = accuracies.get(keyOf(task, system)) ?? { clips: clips.test, values: [] }
      cell.values.push(line.accuracy)
      accuracies.set(keyOf(task, system), cell)
    }
    this.#cells = new Map(
      [...accuracies].map(([key, { clips, values }]) => [
        key,
        { ...estimateOf(values, clips), seeds: values.length },
      ]),
    )
    this.tasks = TASKS.filter((task) => SYSTEMS.some((system) => this.cell(task, system)))
    this.systems = SYSTEMS.filter((system) => TASKS.some((task) => this.cell(task, system)))
  }

  cell(task: Task, system: System): Cell | undefined {
    return this.#cells.get(keyOf(task, system))
  }

  /** Those that the average counts. */
  get averaged(): readonly Task[] {
    return this.tasks.filter((task) => AVERAGED.includes(task))
  }

  /** Over the tasks that count; of a system that lacks one of them there is none, for it could not be compared. */
  average(system: System): Estimate | undefined {
    const cells = this.averaged.map((task) => this.cell(task, system))
    return cells.length > 0 && cells.every((cell) => cell !== undefined) ? averageOf(cells) : undefined
  }

  /** Highest mean on a task. */
  best(task: Task): Estimate {
    const cells = this.systems.flatMap((system) => this.cell(task, system) ?? [])
    return cells.reduce((highest, cell) => (cell.mean > highest.mean ? cell : highest))
  }

  /** Tasks on which no system has a higher mean. */
  wins(system: System): number {
    return this.#count(system, (cell, best) => cell.mean === best.mean)
  }

  /** Tasks on which it is the best or cannot be told apart from it. */
  levelWithBest(system: System): number {
    return this.#count(system, (cell, best) => !areApart(cell, best))
  }

  #count(system: System, holds: (cell: Cell, best: Estimate) => boolean): number {
    return this.tasks.filter((task) => {
      const cell = this.cell(task, system)
      return cell !== undefined && holds(cell, this.best(task))
    }).length
  }
}

const keyOf = (task: Task, system: System) => `${task} ${system}`
