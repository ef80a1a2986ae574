import { SYSTEMS, TASKS } from '../names.ts'
import type { GatheredRun } from './record-schema.ts'

/** The commands that do these runs again; one for all systems that share tasks, seeds, condition and examples. */
export function commandsOf(runs: readonly GatheredRun[], out: string): string[] {
  const ofOneSystem = groupsOf(runs, ({ condition, system, settings }) =>
    [condition, system, settings.examples].join(' '),
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
      '--examples',
      String(group[0].settings.examples),
    ].join(' '),
  }))
  return groupsOf(ofOneSystem, ({ others }) => others).map((group) => {
    const systems = someOf('--systems', distinct(group.map(({ system }) => system)), SYSTEMS.length)
    return ['npm run tasks -- --data DIR', ...systems, group[0].others, `--out ${out}`].join(' ')
  })
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
