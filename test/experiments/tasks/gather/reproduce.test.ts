import { expect, test } from 'vitest'
import { CONDITIONS, SYSTEMS, TASKS } from '../design/names.ts'
import { runsOf } from '../design/runs.ts'
import { parseOptions } from '../tasks-options.ts'
import { runOf } from './fixtures/runs.ts'
import { commandsOf } from './reproduce.ts'

const named = (run: { condition: string; task: string; system: string; seed: number }) =>
  [run.condition, run.task, run.system, run.seed].join(' ')

test('the commands do the runs that were gathered, and no others', () => {
  const runs = CONDITIONS.flatMap((condition) =>
    TASKS.flatMap((task) =>
      SYSTEMS.flatMap((system) =>
        (system === 'leaf' ? [3, 1] : [1])
          .filter(() => condition === 'as-heard' || system !== 'sincnet')
          .filter(() => system !== 'gammatone' || task === 'pitch')
          .map((seed) => runOf({ task, system, condition, seed })),
      ),
    ),
  )
  const commands = commandsOf(runs, 'some/folder')
  expect(commands).toContain(
    'npm run tasks -- --data DIR --systems leaf --conditions as-heard --seeds 1,3 --examples 10000 --out some/folder',
  )
  expect(commands).toHaveLength(6)
  const options = commands.map((command) => parseOptions(command.split(' ').slice(4)))
  expect(options.every(({ out, settings }) => out === 'some/folder' && settings.examples === 10000)).toBe(
    true,
  )
  const offered = options.flatMap(runsOf).map((run) => ({ ...run, task: run.tasks.join() }))
  expect(offered.map(named).sort()).toEqual(runs.map(named).sort())
})

test('other examples are another command', () => {
  const [run, other] = [runOf({ task: 'pitch', system: 'leaf' }), runOf({ task: 'scenes', system: 'leaf' })]
  const settings = { ...other.settings, examples: 500 }
  expect(commandsOf([run, { ...other, settings }], 'x')).toEqual([
    'npm run tasks -- --data DIR --systems leaf --conditions as-heard --tasks pitch --seeds 1 --examples 10000 --out x',
    'npm run tasks -- --data DIR --systems leaf --conditions as-heard --tasks scenes --seeds 1 --examples 500 --out x',
  ])
})

test('what a command chose is chosen again, what it left is left', () => {
  const run = runOf({ task: 'pitch', system: 'leaf' })
  const settings = {
    ...run.settings,
    frontendRate: 10,
    pcen: { delta: 0.01, alpha: 0.5 },
    energyFloor: 1e-8,
    gainDb: 0,
  }
  const [command, ...others] = commandsOf([{ ...run, settings }], 'x')
  expect(others).toEqual([])
  expect(parseOptions(command.split(' ').slice(4)).settings).toEqual({
    ...{ examples: 10000, frontendRate: 10, pcen: { delta: 0.01, alpha: 0.5 }, energyFloor: 1e-8, gainDb: 0 },
  })
})
