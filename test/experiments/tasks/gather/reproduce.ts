import { SYSTEMS, TASKS } from '../design/names.ts'
import { usualGain, writtenStart } from '../design/settings.ts'
import type { GatheredRun, GatheredTogether } from './record-schema.ts'

type Named = Pick<GatheredRun, 'system' | 'seed' | 'condition' | 'settings'>

/** The commands that do these runs again; one for all systems that share tasks, seeds, condition and settings. */
export function commandsOf(runs: readonly GatheredRun[], out: string): string[] {
  return commands(runs, out, {
    ofRun: ({ condition }) => ['--conditions', condition],
    ofSeveral: (group) => someOf('--tasks', distinct(group.map(({ task }) => task)), TASKS.length),
  })
}

/** The same of runs of all tasks at once. */
export function togetherCommands(runs: readonly GatheredTogether[], out: string): string[] {
  return commands(runs, out, { ofRun: () => ['--together'], ofSeveral: () => [] })
}

interface Options<Run> {
  /** What has to be the same in all runs of a command. */
  ofRun(run: Run): string[]
  /** What a command says of all of its runs. */
  ofSeveral(runs: readonly Run[]): string[]
}

function commands<Run extends Named>(
  runs: readonly Run[],
  out: string,
  { ofRun, ofSeveral }: Options<Run>,
): string[] {
  const ofOneSystem = groupsOf(runs, (run) =>
    [run.system, ...ofRun(run), ...settingOptions(run)].join(' '),
  ).map((group) => ({
    system: group[0].system,
    others: [...ofRun(group[0]), ...ofSeveral(group), ...seedsOf(group), ...settingOptions(group[0])].join(
      ' ',
    ),
  }))
  return groupsOf(ofOneSystem, ({ others }) => others).map((group) => {
    const systems = someOf('--systems', distinct(group.map(({ system }) => system)), SYSTEMS.length)
    return ['npm run tasks -- --data DIR', ...systems, group[0].others, `--out ${out}`].join(' ')
  })
}

function seedsOf(runs: readonly Named[]): string[] {
  const seeds = distinct(runs.map(({ seed }) => seed))
  return ['--seeds', seeds.sort((one, other) => one - other).join()]
}

/** Whether a run has a setting, the number of examples apart, that it would not have without an option. */
export function isVariant(run: Pick<Named, 'condition' | 'settings'>): boolean {
  return settingOptions(run).length > 2
}

/** The number of examples, and the rest where it is not what a run has without the option. */
export function settingOptions({ condition, settings }: Pick<Named, 'condition' | 'settings'>): string[] {
  const { examples, frontendRate, pcen, windowMs, energyFloor, raised, gainDb } = settings
  return [
    '--examples',
    String(examples),
    ...(frontendRate === 1 ? [] : ['--frontend-rate', String(frontendRate)]),
    ...(pcen ? ['--pcen', writtenStart(pcen)] : []),
    ...(windowMs === undefined ? [] : ['--window', String(windowMs)]),
    ...(energyFloor === undefined ? [] : ['--energy-floor', String(energyFloor)]),
    ...(raised ? ['--raised'] : []),
    ...(gainDb === undefined || gainDb === usualGain(condition) ? [] : ['--gain', String(gainDb)]),
  ]
}

/** Nothing where it is all of them. */
function someOf(option: string, names: readonly string[], all: number): string[] {
  return names.length === all ? [] : [option, names.join()]
}

function groupsOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups.values()]
}

const distinct = <Value>(values: readonly Value[]) => [...new Set(values)]
