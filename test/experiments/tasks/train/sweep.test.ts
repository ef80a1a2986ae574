import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeWhole } from '../../../../src/learning/node/index.ts'
import { emptyFolder, toneFolder } from '../../../learning/tone-folder.ts'
import { answersOf } from '../design/answers.ts'
import type { RunRecord } from '../design/run-record.ts'
import { gather } from '../gather/index.ts'
import { parseOptions } from '../tasks-options.ts'
import { sweep } from './sweep.ts'

const data = emptyFolder()
const out = join(data, 'out')
const COMMON = ['--data', data, '--out', out, '--cache', join(data, 'cache'), '--tasks', 'birdsong']
const pathOf = (name: string) => join(out, 'runs', name)
const recordOf = (name: string): RunRecord => JSON.parse(readFileSync(pathOf(name), 'utf8'))

beforeAll(async () => {
  toneFolder(8, join(data, 'birdsong'))
  const systems = ['--systems', 'mel-log,mel-pcen', '--examples', '320']
  await sweep(parseOptions([...COMMON, ...systems, '--conditions', 'as-heard']))
}, 180_000)

describe('npm run tasks', () => {
  test('learns two tones and tells how', () => {
    const record = recordOf('as-heard/birdsong-mel-log-1.json')
    expect(record).toMatchObject({
      task: 'birdsong',
      system: 'mel-log',
      seed: 1,
      condition: 'as-heard',
      clips: { train: 8, valid: 8, test: 8 },
      labels: 2,
      chance: 0.5,
      majority: 0.5,
      leftOut: 0,
      parameters: [],
    })
    expect(record.settings.examples).toBe(320)
    expect(record.test.map(({ gainDb }) => gainDb)).toEqual([0, -12, -24])
    expect(record.test[0].accuracy).toBe(1)
    expect(record.valid.accuracy).toBe(1)
    for (const { accuracy, right } of record.test) {
      const answers = answersOf(right!, record.clips.test)
      expect(answers.filter((answer) => answer)).toHaveLength(accuracy * record.clips.test)
    }
    expect(record.groups!.reduce((sum, size) => sum + size, 0)).toBe(record.clips.test)
    expect(record.curve.length).toBeGreaterThan(2)
    expect(record.curve.at(-1)!.loss).toBeLessThan(record.curve[0].loss)
    expect(record.curve.map(({ step }) => step)).toContain(record.bestStep)
    // 320 in batches of 32: the last, not the best of some.
    expect(record.bestStep).toBe(10)
    expect(record.seconds).toBeGreaterThan(0)
    expect(record.examplesPerSecond).toBeGreaterThan(1)
    expect(record.weights).toBeGreaterThan(100_000)
  })

  test("keeps the frontend's numbers from before and after", () => {
    const { parameters, test: measured } = recordOf('as-heard/birdsong-mel-pcen-1.json')
    expect(parameters.map(({ part, name }) => `${part}.${name}`)).toEqual(
      ['alpha', 'delta', 'root', 'smooth'].map((name) => `compression.${name}`),
    )
    expect(parameters[1].initial).toEqual(new Array(40).fill(2))
    expect(parameters[1].learned).not.toEqual(parameters[1].initial)
    expect(measured[0].accuracy).toBe(1)
  })

  test('starts PCEN elsewhere, and learns the frontend at a rate of its own', async () => {
    const changed = [
      '--gain',
      '12',
      '--frontend-rate',
      '0.01',
      '--pcen',
      'alpha=0.5,smooth=0.01',
      '--seeds',
      '7',
    ]
    const run = ['--systems', 'mel-pcen', '--examples', '64', '--conditions', 'as-heard']
    await sweep(parseOptions([...COMMON, ...run, ...changed]))
    const { settings, parameters } = recordOf('as-heard/birdsong-mel-pcen-7.json')
    expect(settings).toMatchObject({ gainDb: 12, frontendRate: 0.01, pcen: { alpha: 0.5, smooth: 0.01 } })
    expect(parameters.map(({ initial }) => initial[39])).toEqual([0.5, 2, 2, 0.01])
    const [alpha] = parameters[0].learned
    expect(alpha).not.toBe(0.5)
    expect(Math.abs(alpha - 0.5)).toBeLessThan(1e-3)
  })

  test('refuses a start that PCEN cannot have', async () => {
    const run = ['--systems', 'mel-pcen', '--conditions', 'as-heard', '--seeds', '8', '--pcen', 'alpha=2']
    await expect(sweep(parseOptions([...COMMON, ...run]))).rejects.toThrow('alpha')
  })

  test('does not do a run again that has its file', async () => {
    const before = statSync(pathOf('as-heard/birdsong-mel-log-1.json')).mtimeMs
    await sweep(parseOptions([...COMMON, '--systems', 'mel-log', '--conditions', 'as-heard']))
    expect(statSync(pathOf('as-heard/birdsong-mel-log-1.json')).mtimeMs).toBe(before)
  })

  test('does not do a run again that was gathered, but does one with other settings', async () => {
    const folder = join(data, 'gathered')
    gather({ out: folder, runs: join(out, 'runs') })
    const again = ['--out', folder, '--systems', 'mel-log', '--conditions', 'as-heard', '--examples', '64']
    await sweep(parseOptions([...COMMON, ...again]))
    expect(existsSync(join(folder, 'runs'))).toBe(false)
    await sweep(parseOptions([...COMMON, ...again, '--gain', '3']))
    expect(existsSync(join(folder, 'runs', 'as-heard', 'birdsong-mel-log-1.json'))).toBe(true)
  })

  test('does a run again that was gathered when the best of several checks was kept', async () => {
    const folder = join(data, 'before')
    const [run] = JSON.parse(readFileSync(join(data, 'gathered', 'results.json'), 'utf8')).runs
    const before = { ...run, settings: { ...run.settings, checks: 8, patience: 4 } }
    writeWhole(join(folder, 'results.json'), JSON.stringify({ runs: [before] }))
    const again = ['--out', folder, '--systems', run.system, '--conditions', 'as-heard', '--examples', '32']
    await sweep(parseOptions([...COMMON, ...again]))
    expect(existsSync(join(folder, 'runs', 'as-heard', `birdsong-${run.system}-1.json`))).toBe(true)
  })

  test('brings clips to one level where that is the condition', async () => {
    const options = ['--systems', 'mel-log', '--conditions', 'levelled', '--examples', '32']
    await sweep(parseOptions([...COMMON, ...options]))
    const { test: measured, settings } = recordOf('levelled/birdsong-mel-log-1.json')
    expect(measured.map(({ gainDb }) => gainDb)).toEqual([0])
    expect(settings.gainDb).toBe(0)
  })

  test('names the folder of a task that is not there', async () => {
    const options = ['--systems', 'mel-log', '--conditions', 'levelled', '--tasks', 'pitch']
    await expect(sweep(parseOptions([...COMMON, ...options]))).rejects.toThrow(/pitch holds no manifest.csv/)
    expect(existsSync(pathOf('levelled/pitch-mel-log-1.json'))).toBe(false)
  })
})
