import type { Task } from '../design/names.ts'
import { hasLearned } from '../gather/learned-values.ts'
import type { GatheredRun } from '../gather/record-schema.ts'
import type { Scoreboard } from '../gather/scoreboard.ts'
import { accuracyFigure } from './accuracy.ts'
import { filtersFigure } from './filters.ts'
import { pcenFigure } from './pcen.ts'
import { turnedDownFigure } from './turned-down.ts'

export const PICTURES = ['accuracy.svg', 'turned-down.svg', 'filters.svg', 'pcen.svg'] as const
export type Picture = (typeof PICTURES)[number]

/** The pictures for which there are runs, all of one condition. */
export function drawPictures(
  runs: readonly GatheredRun[],
  boards: readonly Scoreboard[],
): ReadonlyMap<Picture, string> {
  const [{ condition }] = boards
  const shown = runs.filter((run) => run.condition === condition)
  const overGains = boards.filter((board) => board.condition === condition)
  const majority = (task: Task) => shown.find((run) => run.task === task)!.majority
  const leaf = shown.filter((run) => run.system === 'leaf' && hasLearned(run, 'compression'))
  const drawn: Readonly<Record<Picture, string | undefined>> = {
    'accuracy.svg': accuracyFigure(boards[0], majority),
    'turned-down.svg': overGains.length > 1 ? turnedDownFigure(overGains) : undefined,
    'filters.svg': filtersFigure(firstSeeds(shown)),
    'pcen.svg': leaf.length > 0 ? pcenFigure(leaf) : undefined,
  }
  return new Map(PICTURES.flatMap((name) => (drawn[name] ? [[name, drawn[name]]] : [])))
}

/** Of runs sorted by seed, the first of each task and system. */
function firstSeeds(runs: readonly GatheredRun[]): GatheredRun[] {
  return runs.filter(
    (run, i) => runs.findIndex(({ task, system }) => task === run.task && system === run.system) === i,
  )
}
