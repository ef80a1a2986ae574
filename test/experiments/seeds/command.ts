// Trainings that differ by their seed alone, side by side: means and standard deviations of what npm run train measured.
//
//   npm run seeds -- DIR [--gather]    the runs in DIR/seeds.json and in every metrics.json below DIR;
//                                      --gather writes them all into DIR/seeds.json
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mean } from '../../../src/learning/evaluation/index.ts'
import { writeWhole } from '../../../src/learning/node/index.ts'

interface Figures {
  readonly accuracy: number
  readonly uar: number
  readonly meanAveragePrecision: number
  readonly macroF1: number
}

interface Metrics {
  readonly options: Readonly<Record<string, unknown>> & { readonly seed: number }
  readonly valid: Figures
  readonly test: { readonly clips: Figures }
  readonly perLabel: readonly { readonly label: string; readonly f1: number }[]
}

const {
  positionals: [folder],
  values: { gather },
} = parseArgs({ allowPositionals: true, options: { gather: { type: 'boolean', default: false } } })
if (!folder) throw new Error('npm run seeds -- DIR [--gather]')

const runs = runsIn(folder)
if (gather) {
  const lines = runs.map((run) => JSON.stringify(run))
  writeWhole(join(folder, 'seeds.json'), `{"runs": [\n${lines.join(',\n')}\n]}\n`)
}
const names = [...new Set(runs.map(({ options }) => nameOf(options)))].sort()
const alike = names.map((name) => [name, runs.filter(({ options }) => nameOf(options) === name)] as const)

const columns: [string, (run: Metrics) => number][] = [
  ['valid: mean average precision', ({ valid }) => valid.meanAveragePrecision],
  ['test: mean average precision', ({ test }) => test.clips.meanAveragePrecision],
  ['test: macro F1', ({ test }) => test.clips.macroF1],
  ['test: accuracy', ({ test }) => test.clips.accuracy],
  ...runs[0].perLabel.map(({ label }, i): [string, (run: Metrics) => number] => [
    `F1 of ${label}`,
    ({ perLabel }) => perLabel[i].f1,
  ]),
]
for (const [name, some] of alike)
  console.log(`${name}: seeds ${some.map(({ options }) => options.seed).join(', ')}`)
console.table(
  Object.fromEntries(
    columns.map(([column, of]) => [
      column,
      Object.fromEntries(alike.map(([name, some]) => [name, spread(some.map(of))])),
    ]),
  ),
)

/** The options in which the runs differ, but for the seed. */
function nameOf(options: Metrics['options']): string {
  const telling = Object.entries(options).filter(
    ([name, value]) => name !== 'seed' && runs.some((run) => run.options[name] !== value),
  )
  return telling.map(([name, value]) => `${name} ${value}`).join(', ') || 'all runs'
}

function spread(values: readonly number[]): string {
  const middle = mean(values)
  if (values.length === 1) return middle.toFixed(3)
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  return `${middle.toFixed(3)} ± ${Math.sqrt(squares / (values.length - 1)).toFixed(3)}`
}

/** One run for each set of options, by these; a metrics.json takes the place of what was gathered. */
function runsIn(folder: string): Metrics[] {
  const gathered = join(folder, 'seeds.json')
  const before: Metrics[] = existsSync(gathered) ? JSON.parse(readFileSync(gathered, 'utf8')).runs : []
  const single = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('metrics.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Metrics)
  const byOptions = new Map([...before, ...single].map((run) => [JSON.stringify(run.options), run]))
  if (byOptions.size === 0) throw new Error(`${folder} holds no seeds.json and no metrics.json.`)
  return [...byOptions].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, run]) => run)
}
