import { markdownTable } from '../../report/markdown.ts'
import { AVERAGED, SYSTEMS, type Task } from '../design/names.ts'
import { meanOf } from './estimate.ts'
import { variantOf } from './read-runs.ts'
import type { GatheredRun } from './record-schema.ts'

/**
 * What a start, a floor or a rate is chosen by: the cross entropy on valid of every system and option, as heard, mean
 * over seeds.
 */
export function validationSection(runs: readonly GatheredRun[], variants: readonly GatheredRun[]): string[] {
  const heard = [...runs, ...variants].filter(({ condition }) => condition === 'as-heard')
  const tasks = AVERAGED.filter((task) => heard.some((run) => run.task === task))
  if (tasks.length === 0) return []
  const rows = SYSTEMS.flatMap((system) => {
    const own = heard.filter((run) => run.system === system)
    return [...new Set(own.map(variantOf))].map((variant) => {
      const some = own.filter((run) => variantOf(run) === variant)
      const entropies = tasks.map((task) => entropyOf(some, task))
      const known = entropies.filter((entropy) => entropy !== undefined)
      const average = known.length === tasks.length ? meanOf(known) : undefined
      return [`${system} ${variant && `\`${variant}\``}`.trim(), ...[...entropies, average].map(written)]
    })
  })
  return [
    '## On validation',
    'Cross entropy in nats, as heard, mean over seeds, lower is better: starts and options are chosen by it.',
    markdownTable(['system', ...tasks, '**average**'], rows),
  ]
}

function entropyOf(runs: readonly GatheredRun[], task: Task): number | undefined {
  const entropies = runs.filter((run) => run.task === task).map(({ valid }) => valid.crossEntropy)
  return entropies.length > 0 ? meanOf(entropies) : undefined
}

const written = (entropy: number | undefined) => entropy?.toFixed(2) ?? '–'
