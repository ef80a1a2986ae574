import { markdownTable, percent } from '../../report/markdown.ts'
import { CONDITIONS, TASKS } from '../design/names.ts'
import { writtenStart } from '../design/settings.ts'
import { grouped } from './grouped.ts'
import type { GatheredRun } from './record-schema.ts'
import { MIRRORED } from './reference-points.ts'

/** What the tasks are. */
export function taskTable(runs: readonly GatheredRun[]): string {
  const rows = TASKS.flatMap((task) => {
    const run = runs.find((run) => run.task === task)
    if (!run) return []
    const { clips, labels, chance, majority } = run
    const sizes = `${clips.train} / ${clips.valid} / ${clips.test}`
    return [[task, MIRRORED[task], String(labels), sizes, percent(chance), percent(majority)]]
  })
  return markdownTable(
    ['task', 'stands in for', 'labels', 'clips train / valid / test', 'chance, %', 'commonest label, %'],
    rows,
    2,
  )
}

/** What was set, the same for every system; where it differs between tasks, for which. */
export function settingsTable(runs: readonly GatheredRun[]): string {
  const conditions = CONDITIONS.filter((condition) => runs.some((run) => run.condition === condition))
  const names = [...new Set(runs.flatMap(({ settings }) => Object.keys(settings)))]
  const rows = names.map((name) => [
    name,
    ...conditions.map((condition) =>
      grouped(
        TASKS.flatMap((task) => {
          const run = runs.find((run) => run.condition === condition && run.task === task)
          return run
            ? [[task, written(new Map<string, unknown>(Object.entries(run.settings)).get(name))] as const]
            : []
        }),
      ),
    ),
  ])
  return markdownTable(['setting', ...conditions], rows, 1 + conditions.length)
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.join(' to ')
  if (value instanceof Object) return writtenStart(value)
  return String(value ?? '–')
}
