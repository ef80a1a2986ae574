import { markdownTable, percent } from '../../report/markdown.ts'
import type { System, Task } from '../design/names.ts'
import { type Estimate, halfInterval, meanOf } from './estimate.ts'
import { grouped } from './grouped.ts'
import type { Scoreboard } from './scoreboard.ts'

/** A number per task to set beside the systems, 0 to 1. */
export interface Reference {
  readonly name: string
  readonly of: (task: Task) => number
}

/** Mean accuracies ± half their 95 % interval, per cent, and the average over the tasks that it counts, the others under it; then the seeds. */
export function scoreTable(board: Scoreboard, references: readonly Reference[] = []): string {
  const { tasks, averaged, systems } = board
  const counts = new Map(systems.map((system) => [system, seedCounts(board, system)]))
  const rowOf = (task: Task) => {
    const { mean } = board.best(task)
    const cells = systems.map((system) => {
      const cell = board.cell(task, system)
      if (!cell) return '–'
      return counts.get(system)!.length > 1 ? `${score(cell, mean)} (${cell.seeds})` : score(cell, mean)
    })
    return [task, ...cells, ...references.map(({ of }) => percent(of(task)))]
  }
  const averages = systems.map((system) => board.average(system))
  const highest = Math.max(...averages.flatMap((average) => average?.mean ?? []))
  const last = [
    '**average**',
    ...averages.map((average) => (average ? score(average, highest) : '–')),
    ...references.map(({ of }) => (averaged.length > 0 ? percent(meanOf(averaged.map(of))) : '–')),
  ]
  const apart = tasks.filter((task) => !averaged.includes(task))
  const head = ['accuracy, %', ...systems, ...references.map(({ name }) => name)]
  const seeds = grouped(systems.map((system) => [system, rangeName(counts.get(system)!)]))
  const rows = [...averaged.map(rowOf), last, ...apart.map(rowOf)]
  return `${markdownTable(head, rows)}\n\nSeeds: ${seeds}.`
}

/** On how many tasks each system is the best, and on how many it cannot be told apart from the best. */
export function winTable(boards: readonly Scoreboard[], titleOf: (board: Scoreboard) => string): string {
  const systems = [...new Set(boards.flatMap((board) => board.systems))]
  const head = ['best / not told apart from the best', ...boards.map(titleOf)]
  const rows = systems.map((system) => [
    system,
    ...boards.map((board) =>
      board.systems.includes(system) ? `${board.wins(system)} / ${board.levelWithBest(system)}` : '–',
    ),
  ])
  return markdownTable(head, [...rows, ['of tasks', ...boards.map(({ tasks }) => String(tasks.length))]])
}

function score(estimate: Estimate, highest: number): string {
  const mean = percent(estimate.mean)
  return `${estimate.mean === highest ? `**${mean}**` : mean} ± ${percent(halfInterval(estimate))}`
}

/** The different numbers of seeds in a system's cells, rising. */
function seedCounts(board: Scoreboard, system: System): number[] {
  const seeds = board.tasks.flatMap((task) => board.cell(task, system)?.seeds ?? [])
  return [...new Set(seeds)].sort((one, other) => one - other)
}

const rangeName = (counts: readonly number[]) =>
  counts.length > 1 ? `${counts[0]} to ${counts.at(-1)}, in brackets` : String(counts[0])
