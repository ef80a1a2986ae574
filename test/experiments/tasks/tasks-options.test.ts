import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recordPath, runsOf } from './design/runs.ts'
import { writtenStart } from './design/settings.ts'
import { parseOptions } from './tasks-options.ts'

test('without options every task, every system, both conditions, one seed', () => {
  expect(runsOf(parseOptions(['--data', 'x']))).toHaveLength(8 * 16 * 2)
})

test('together it is one run for each system and seed, as heard, of more examples', () => {
  const args = ['--data', 'x', '--together', '--systems', 'leaf,mel-log', '--seeds', '1,2']
  const runs = runsOf(parseOptions(args))
  expect(runs).toHaveLength(4)
  expect(runs.every(({ tasks, condition }) => tasks.length === 8 && condition === 'as-heard')).toBe(true)
  expect(parseOptions(args).settings.examples).toBe(40000)
  expect(recordPath('out', runs[3])).toBe(join('out', 'runs', 'together', 'all-mel-log-2.json'))
})

test('numbers of PCEN that start in turn are written as they were given', () => {
  const text = 'alpha=0:0.96,root=10'
  const { pcen } = parseOptions(['--data', 'x', '--pcen', text]).settings
  expect(pcen).toEqual({ alpha: [0, 0.96], root: 10 })
  expect(writtenStart(pcen!)).toBe(text)
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
  ['--frontend-rate is 0', ['--data', 'x', '--frontend-rate', '0']],
  ['--gain is loud', ['--data', 'x', '--gain', 'loud']],
  ['--gain is -1', ['--data', 'x', '--gain=-1']],
  ['--energy-floor is 0', ['--data', 'x', '--energy-floor', '0']],
  ['--window is 0', ['--data', 'x', '--window', '0']],
  ['--pcen is beta', ['--data', 'x', '--pcen', 'beta=1']],
  ['--pcen is alpha', ['--data', 'x', '--pcen', 'alpha']],
  ['--pcen is alpha=1:', ['--data', 'x', '--pcen', 'alpha=1:']],
  ['--pcen is alpha=', ['--data', 'x', '--pcen', 'alpha=']],
  ['--shard is 3/2', ['--data', 'x', '--shard', '3/2']],
  ['--shard is 0/2', ['--data', 'x', '--shard', '0/2']],
  ['--shard is 1', ['--data', 'x', '--shard', '1']],
  ['--conditions is levelled', ['--data', 'x', '--together', '--conditions', 'levelled']],
  ['--model takes one run, these are 16', ['--data', 'x', '--together', '--model', 'm']],
  ['--model with --raised', ['--data', 'x', ...'--together --systems leaf --raised --model m'.split(' ')]],
  ["Unknown option '--task'", ['--data', 'x', '--task', 'pitch']],
])('refuses the command line: %s', (message, args) => {
  expect(() => parseOptions(args)).toThrow(message)
})
