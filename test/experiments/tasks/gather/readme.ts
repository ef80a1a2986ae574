import { markdownPicture } from '../../report/markdown.ts'
import { STACKS, type System, type Task } from '../design/names.ts'
import type { Picture } from '../figures/pictures.ts'
import { differenceSection } from './difference-tables.ts'
import { gainName } from './gain-name.ts'
import type { GatheredRun, GatheredTogether } from './record-schema.ts'
import { PROBE } from './reference-points.ts'
import { commandsOf, togetherCommands } from './reproduce.ts'
import { type Reference, scoreTable, winTable } from './score-table.ts'
import type { Scoreboard } from './scoreboard.ts'
import { settingsTable, taskTable } from './task-tables.ts'
import { validationSection } from './validation-table.ts'
import { shippedSection, variantSection } from './variant-tables.ts'

export interface ReadmeParts {
  readonly runs: readonly GatheredRun[]
  /** Of every condition and gain. */
  readonly boards: readonly Scoreboard[]
  /** All tasks at once: the runs, and their boards by gain. */
  readonly shared: { readonly together: readonly GatheredTogether[]; readonly boards: readonly Scoreboard[] }
  readonly variants: readonly GatheredRun[]
  readonly shipped: readonly (GatheredRun | GatheredTogether)[]
  /** What lies beside README.md. */
  readonly pictures: ReadonlySet<Picture>
  /** Folder as it was given on the command line. */
  readonly out: string
}

/** README.md: tables and pictures; of results only what is computed from the runs. */
export function readme({ runs, boards, shared, variants, shipped, pictures, out }: ReadmeParts): string {
  const gatherCommand = `npm run tasks -- --gather --out ${out}`
  const shown = (name: Picture, alt: string) => (pictures.has(name) ? [markdownPicture(name, alt)] : [])
  const [first, ...rest] = boards
  const turned = rest.filter(({ condition }) => condition === first.condition)
  const others = rest.filter(({ condition }) => condition !== first.condition)
  const parts = [
    '# The frontends on eight tasks',
    `From ${runs.length + shared.together.length + variants.length + shipped.length} runs by \`${gatherCommand}\`; all numbers are in [results.json](results.json).`,
    READING,
    ...boardSection(first, runs),
    ...shown('accuracy.svg', 'Accuracy of each system on each task'),
    ...turned.flatMap((board) => boardSection(board, runs)),
    ...shown('turned-down.svg', 'Accuracy with the test clips turned down'),
    ...others.flatMap((board) => boardSection(board, runs)),
    ...togetherSection(shared),
    ...differenceSection(runs, shared.together),
    '## Who is ahead how often',
    winTable(boards, titleOf),
    APART,
    ...(pictures.has('filters.svg') || pictures.has('pcen.svg') ? ['## What was learned'] : []),
    ...shown('filters.svg', 'Filters before and after learning'),
    ...(pictures.has('filters.svg') ? [FILTERS] : []),
    ...shown('pcen.svg', 'PCEN before and after learning'),
    ...variantSection(variants, runs),
    ...validationSection(runs, variants),
    ...shippedSection(shipped),
    '## The tasks',
    taskTable(runs),
    '## What was set',
    settingsTable(runs),
    '## Again',
    `\`\`\`sh\n${[...commandsOf(runs, out), ...togetherCommands(shared.together, out), gatherCommand].join('\n')}\n\`\`\``,
    AGAIN,
    '## What differs from the paper',
    differences(runs),
  ]
  return `${parts.join('\n\n')}\n`
}

const READING = `± is half of the 95 % interval: t · √(p(1-p)/n + s²/k) for n test clips and k seeds of standard deviation s, with Student's t at the Welch–Satterthwaite degrees of freedom (1.96 for one seed) and p after two right and two wrong answers were added. It takes test clips for independent; clips of one recording are not. Bold is the highest of a row. The average leaves out language, at which hardly a system is above chance. – is a run that is missing, or the average of a system that lacks one.`

const APART =
  'Best: tasks on which no system is higher. Not told apart from the best: 0 lies in the 95 % interval of the difference, taken as if both had been measured on clips of their own.'

const FILTERS =
  'Bandwidth: of Gabor (`leaf`) and gammatone filters the full width at half the amplitude, of sinc filters the distance of the edges, of filters learned tap by tap or weight by weight (`time-domain`, `short-filters`, `mel-learned`) or as one for all channels (`spline`) twice the standard deviation of the power over frequency. The first seed is shown.'

const AGAIN =
  '`DIR` holds a folder with a `manifest.csv` for each task. A run that `results.json` or `runs` beside it holds is not done again; `--shard` shares the runs between processes or machines.'

/** Systems that its table of the eight tasks does not have. */
const BEYOND_THE_PAPER: readonly System[] = [
  'leaf-mixed',
  'leaf-both',
  'mel-pcen',
  'mel-both',
  'mel-learned',
  'sincnet-plus',
  'gammatone',
  'analytic-sinc',
  'spline',
  'short-filters',
  ...STACKS,
]

const HOW = {
  'as-heard': 'Clips as loud as they come.',
  levelled: 'Every clip of train, valid and test brought to one level beforehand.',
}

function titleOf({ condition, gainDb }: Scoreboard): string {
  return `${condition === 'as-heard' ? 'As heard' : 'Levelled'}, ${gainName(gainDb)}`
}

function boardSection(board: Scoreboard, runs: readonly GatheredRun[]): string[] {
  const { condition, gainDb } = board
  const turned = `The same trainings, tested on clips at ${gainName(gainDb)} over an unchanged noise floor.`
  const how = gainDb === 0 ? HOW[condition] : turned
  if (condition === 'as-heard') return [`## ${titleOf(board)}`, how, scoreTable(board)]
  const fact = (key: 'chance' | 'majority') => (task: Task) => runs.find((run) => run.task === task)![key]
  const references: Reference[] = [
    { name: 'linear probe', of: (task) => PROBE[task] },
    { name: 'chance', of: fact('chance') },
    { name: 'commonest label', of: fact('majority') },
  ]
  return [
    `## ${titleOf(board)}`,
    `${how} The linear probe is the one published with the clips: logistic regression on statistics of 48 log-mel bands.`,
    scoreTable(board, references),
  ]
}

function togetherSection({ together, boards }: ReadmeParts['shared']): string[] {
  if (together.length === 0) return []
  const examples = new Set(together.map(({ settings }) => settings.examples))
  const weights = new Set(together.map((run) => Math.round(run.weights / 1000)))
  return [
    '## All tasks together',
    `One frontend and one network with a head per task learn all tasks at once, from clips as loud as they come: ${[...examples].join(' or ')} crops of a second, the tasks in turn, and ${[...weights].join(' or ')} thousand weights.`,
    ...boards.flatMap((board) => [`### ${gainName(board.gainDb)}`, scoreTable(board)]),
  ]
}

/** Whether two runs differ in nothing but perhaps the seed. */
function isSeedOf(one: GatheredRun, other: GatheredRun): boolean {
  return one.condition === other.condition && one.task === other.task && one.system === other.system
}

function differences(runs: readonly GatheredRun[]): string {
  const range = (values: readonly number[], unit: number) => {
    const ends = [Math.min(...values), Math.max(...values)].map((value) => String(Math.round(value / unit)))
    return [...new Set(ends)].join(' to ')
  }
  const most = Math.max(...runs.map((run) => runs.filter((other) => isSeedOf(run, other)).length))
  const beyond = BEYOND_THE_PAPER.filter((system) => runs.some((run) => run.system === system))
  return [
    '- Data: small, freely licensed stand-ins (table above), so that no number here can be set beside a published one.',
    `- Training: ${range(
      runs.map(({ settings }) => settings.examples),
      1,
    )} random crops of a second a run, ${most === 1 ? 'one seed' : `at most ${most} seeds`}, a classifier of ${range(
      runs.map(({ weights }) => weights),
      1000,
    )} thousand weights; the paper trained EfficientNet-B0 far longer.`,
    "- Steps: the frontend's parameters learn in units of their own (a share of a filter's width, of PCEN's delta, root and smoother) instead of at one rate with the classifier.",
    '- Sounds: always over a noise floor, never digital silence.',
    ...(beyond.length > 0 ? [`- Not in the paper's table of these tasks: ${beyond.join(', ')}.`] : []),
  ].join('\n')
}
