import { SYSTEMS, TASKS } from '../names.ts'
import { usualGain, writtenStart } from '../settings.ts'
import type { GatheredRun } from './record-schema.ts'

/** The commands that do these runs again; one for all systems that share tasks, seeds, condition and settings. */
export function commandsOf(runs: readonly GatheredRun[], out: string): string[] {
  const ofOneSystem = groupsOf(runs, (run) =>
    [run.condition, run.system, ...settingOptions(run)].join(' '),
  ).map((group) => ({
    system: group[0].system,
    others: [
      '--conditions',
      group[0].condition,
      ...someOf('--tasks', distinct(group.map(({ task }) => task)), TASKS.length),
      '--seeds',
      distinct(group.map(({ seed }) => seed))
        .sort((one, other) => one - other)
        .join(),
      ...settingOptions(group[0]),
    ].join(' '),
  }))
  return groupsOf(ofOneSystem, ({ others }) => others).map((group) => {
    const systems = someOf('--systems', distinct(group.map(({ system }) => system)), SYSTEMS.length)
    return ['npm run tasks -- --data DIR', ...systems, group[0].others, `--out ${out}`].join(' ')
  })
}

/** The number of examples, and the rest where it is not what a run has without the option. */
function settingOptions({ condition, settings }: GatheredRun): string[] {
  const { examples, frontendRate, pcen, gainDb } = settings
  return [
    '--examples',
    String(examples),
    ...(frontendRate === 1 ? [] : ['--frontend-rate', String(frontendRate)]),
    ...(pcen ? ['--pcen', writtenStart(pcen)] : []),
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
