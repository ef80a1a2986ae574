import { expect, test } from 'vitest'
import { parseOptions } from '../../../src/learning/tasks/options.ts'
import { runsOf } from '../../../src/learning/tasks/runs.ts'

test('without options every task, every system, both conditions, one seed', () => {
  expect(runsOf(parseOptions(['--data', 'x']))).toHaveLength(8 * 7 * 2)
})

test('shards share all runs between them', () => {
  const args = [
    '--data',
    'x',
    '--seeds',
    '1,2',
    '--tasks',
    'pitch,scenes',
    '--systems',
    'leaf,mel-log,sincnet',
  ]
  const all = runsOf(parseOptions(args))
  const shards = ['1/5', '2/5', '3/5', '4/5', '5/5'].map((shard) =>
    runsOf(parseOptions([...args, '--shard', shard])),
  )
  const byName = (one: object, other: object) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)
  expect(shards.flat().sort(byName)).toEqual(all.sort(byName))
  for (const shard of shards) expect(shard.length).toBeGreaterThan(3)
})

test.each([
  ['--data is missing', []],
  ['--tasks is song', ['--data', 'x', '--tasks', 'pitch,song']],
  ['--systems is mfcc', ['--data', 'x', '--systems', 'mfcc']],
  ['--conditions is loud', ['--data', 'x', '--conditions', 'loud']],
  ['--seeds is x', ['--data', 'x', '--seeds', '1,x']],
  ['--examples is 0', ['--data', 'x', '--examples', '0']],
  ['--shard is 3/2', ['--data', 'x', '--shard', '3/2']],
  ['--shard is 0/2', ['--data', 'x', '--shard', '0/2']],
  ['--shard is 1', ['--data', 'x', '--shard', '1']],
  ["Unknown option '--task'", ['--data', 'x', '--task', 'pitch']],
])('refuses the command line: %s', (message, args) => {
  expect(() => parseOptions(args)).toThrow(message)
})
