import { markdownTable, percent } from '../../report/markdown.ts'
import { AVERAGED } from '../design/names.ts'
import { meanOf } from './estimate.ts'
import { gainName } from './gain-name.ts'
import { eachTask, variantOf } from './read-runs.ts'
import type { GatheredRun, GatheredTogether } from './record-schema.ts'

/** Runs with other settings, each beside the run of the same seed with the usual ones: usual → changed. */
export function variantSection(variants: readonly GatheredRun[], runs: readonly GatheredRun[]): string[] {
  if (variants.length === 0) return []
  const gains = gainsOf(variants)
  const rows = [...new Set(variants.map(variantOf))].flatMap((variant) => {
    const own = variants.filter((run) => variantOf(run) === variant)
    const pairs = own.map((run) => ({ run, usual: runs.find((other) => isSameBut(run, other)) }))
    const counted = pairs.filter(({ run }) => AVERAGED.includes(run.task))
    const lines = pairs.map(({ run, usual }) => [
      `\`${variant}\``,
      run.system,
      run.task,
      ...gains.map((gain) => change([usual], [run], gain)),
      `${usual ? `${lastLoss(usual).toFixed(2)} → ` : ''}${lastLoss(run).toFixed(2)}`,
    ])
    if (counted.length < 2) return lines
    const average = gains.map((gain) =>
      change(
        counted.map(({ usual }) => usual),
        counted.map(({ run }) => run),
        gain,
      ),
    )
    return [...lines, [`\`${variant}\``, own[0].system, '**average**', ...average, '']]
  })
  return [
    '## Other settings',
    'As heard; accuracy in % with the usual settings → with the option, the same seed.',
    markdownTable(['option', 'system', 'task', ...gains.map(gainName), 'training loss at the end'], rows, 3),
  ]
}

/** What the shipped models' cards say. */
export function shippedSection(shipped: readonly (GatheredRun | GatheredTogether)[]): string[] {
  if (shipped.length === 0) return []
  const tasks = shipped.map((run) => ('tasks' in run ? eachTask(run) : [run]))
  const gains = gainsOf(tasks.flat())
  const rows = shipped.flatMap((run, i) =>
    tasks[i].map((task) => [
      'tasks' in run ? `${tasks[i].length} tasks together` : 'one task',
      `${task.system} ${variantOf(run)}`.trim(),
      task.task,
      String(task.labels),
      ...gains.map((gain) => accuracyAt(task, gain)),
    ]),
  )
  return [
    '## The shipped models',
    'Trained on clips alone whose sources allow weights to be passed on; test accuracy in %.',
    markdownTable(['model', 'system', 'head', 'labels', ...gains.map(gainName)], rows, 3),
  ]
}

function gainsOf(runs: readonly GatheredRun[]): number[] {
  const gains = new Set(runs.flatMap(({ test }) => test.map(({ gainDb }) => gainDb)))
  return [...gains].sort((one, other) => other - one)
}

function isSameBut(run: GatheredRun, other: GatheredRun): boolean {
  return (['condition', 'task', 'system', 'seed'] as const).every((key) => run[key] === other[key])
}

const lineAt = (run: GatheredRun, gain: number) => run.test.find(({ gainDb }) => gainDb === gain)

function accuracyAt(run: GatheredRun, gain: number): string {
  const line = lineAt(run, gain)
  return line ? percent(line.accuracy) : '–'
}

/** The means over the runs; without what was before where a run is missing. */
function change(
  before: readonly (GatheredRun | undefined)[],
  after: readonly GatheredRun[],
  gain: number,
): string {
  const mean = (runs: readonly (GatheredRun | undefined)[]) => {
    const lines = runs.map((run) => run && lineAt(run, gain))
    return lines.every((line) => line !== undefined)
      ? percent(meanOf(lines.map((line) => line!.accuracy)))
      : ''
  }
  return [mean(before), mean(after)].filter((text) => text !== '').join(' → ') || '–'
}

const lastLoss = ({ curve }: GatheredRun) => curve[curve.length - 1].loss
