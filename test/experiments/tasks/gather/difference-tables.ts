import { streams } from '../../../../src/learning/random/index.ts'
import { markdownTable } from '../../report/markdown.ts'
import { answersOf } from '../design/answers.ts'
import { AVERAGED, CONDITIONS, type System, TASKS, type Task } from '../design/names.ts'
import { type Difference, type PairedAnswers, pairedDifference } from './bootstrap.ts'
import { gainName } from './gain-name.ts'
import { eachTask } from './read-runs.ts'
import type { GatheredRun, GatheredTogether } from './record-schema.ts'

/** What is set against what: LEAF against the usual mel, and what goes beyond it also against mel of the same width. */
const PAIRS: readonly (readonly [one: System, against: System])[] = [
  ['leaf-mixed', 'mel-log'],
  ['leaf-both', 'mel-log'],
  ['leaf-both', 'mel-both'],
  ['leaf', 'mel-log'],
]

const READING = `Accuracy less that of mel, in points, with its 95 % interval: on the same clips, of the seeds that both have; groups of clips that belong together and seeds are drawn anew 4000 times (percentile bootstrap). One seed shows nothing of how seeds differ, k of them all but 1 / k of it. **Bold**: the interval leaves out 0. The average counts the tasks that are there, language apart.`

/** How LEAF differs from mel, of runs that recorded which clips they answered rightly. */
export function differenceSection(
  runs: readonly GatheredRun[],
  together: readonly GatheredTogether[],
): string[] {
  const parts = [
    ...CONDITIONS.map((condition) => ({
      title: condition === 'as-heard' ? 'As heard' : 'Levelled',
      runs: runs.filter((run) => run.condition === condition),
      together: false,
    })),
    { title: 'All tasks together', runs: together.flatMap(eachTask), together: true },
  ]
  const tables = parts.flatMap(({ title, runs: some, together: shared }) =>
    PAIRS.flatMap((pair) => {
      const table = differenceTable(some, pair, shared)
      return table ? [`### ${title}: ${pair.join(' − ')}`, table] : []
    }),
  )
  return tables.length > 0 ? ['## Against mel, paired', READING, ...tables] : []
}

/** Nothing where no task has both. */
function differenceTable(
  runs: readonly GatheredRun[],
  pair: (typeof PAIRS)[number],
  together: boolean,
): string | undefined {
  const gains = [...new Set(runs.flatMap(({ test }) => test.map(({ gainDb }) => gainDb)))].sort(
    (a, b) => b - a,
  )
  const pairs = new Map(
    gains.map((gain) => [gain, new Map(TASKS.map((task) => [task, pairedAnswers(runs, task, pair, gain)]))]),
  )
  const at = (gain: number, task: Task) => pairs.get(gain)!.get(task)!
  const tasks = TASKS.filter((task) => gains.some((gain) => at(gain, task).seeds.length > 0))
  if (tasks.length === 0) return undefined
  const cell = (gain: number, some: readonly Task[]) => {
    const paired = some.map((task) => at(gain, task)).filter(({ seeds }) => seeds.length > 0)
    return paired.length > 0
      ? written(pairedDifference(paired, { random: streams.bootstrap(gain), together }))
      : '–'
  }
  const seedsOf = (some: readonly Task[]) =>
    [...new Set(some.map((task) => at(gains[0], task).seeds.length))].sort((a, b) => a - b).join(' to ')
  const row = (name: string, some: readonly Task[]) => [
    name,
    seedsOf(some),
    ...gains.map((gain) => cell(gain, some)),
  ]
  const counted = tasks.filter((task) => AVERAGED.includes(task))
  const apart = tasks.filter((task) => !counted.includes(task))
  return markdownTable(
    ['points', 'seeds', ...gains.map(gainName)],
    [
      ...counted.map((task) => row(task, [task])),
      ...(counted.length > 0 ? [row(`**average of ${counted.length}**`, counted)] : []),
      ...apart.map((task) => row(task, [task])),
    ],
  )
}

/** Of the seeds that both systems have. */
function pairedAnswers(
  runs: readonly GatheredRun[],
  task: Task,
  [one, against]: (typeof PAIRS)[number],
  gain: number,
): PairedAnswers {
  const of = (system: System) => runs.filter((run) => run.task === task && run.system === system)
  const others = of(against)
  const seeds = of(one).flatMap((run) => {
    const other = others.find(({ seed }) => seed === run.seed)
    const [right, otherRight] = [answersAt(run, gain), other && answersAt(other, gain)]
    return right && otherRight ? [{ one: right, other: otherRight }] : []
  })
  return { groups: of(one).find(({ groups }) => groups)?.groups ?? [], seeds }
}

function answersAt({ test, clips }: GatheredRun, gain: number): boolean[] | undefined {
  const right = test.find(({ gainDb }) => gainDb === gain)?.right
  return right === undefined ? undefined : answersOf(right, clips.test)
}

function written({ mean, low, high }: Difference): string {
  const points = (share: number) => {
    const text = Math.abs(100 * share).toFixed(1)
    return `${text === '0.0' ? '' : share > 0 ? '+' : '−'}${text}`
  }
  const text = `${points(mean)} [${points(low)}, ${points(high)}]`
  return low > 0 || high < 0 ? `**${text}**` : text
}
