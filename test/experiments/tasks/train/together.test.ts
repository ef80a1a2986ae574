import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { readModel } from '../../../../src/model/index.ts'
import { runCli } from '../../../cli/run-cli.ts'
import type { RunRecord, TogetherRecord } from '../design/run-record.ts'
import { readRuns } from '../gather/read-runs.ts'
import { parseOptions } from '../tasks-options.ts'
import { twoTasks } from './fixtures/two-tasks.ts'
import { sweep } from './sweep.ts'

const data = twoTasks()
const at = (...names: string[]) => join(data, ...names)
const COMMON = ['--data', data, '--cache', at('cache'), '--systems']
const together = (out: string, system: string, ...more: string[]) => [
  ...COMMON,
  system,
  ...['--out', at(out), '--tasks', 'birdsong,pitch', '--together', ...more],
]
const WHOLE = at('whole', 'runs', 'together', 'birdsong+pitch-mel-pcen-1.json')
const PARTS = at('parts', 'runs', 'together', 'birdsong+pitch-mel-pcen-1.json')
const recordOf = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const modelOf = (name: string) => readModel(readFileSync(at(name)))

/** The command line in a process of its own, ended by force once it has left a checkpoint. */
function sweepUntilCheckpoint(args: readonly string[], checkpoint: string): Promise<void> {
  const entry = fileURLToPath(new URL('../command.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], { stdio: 'ignore' })
  const watch = setInterval(() => existsSync(checkpoint) && child.kill('SIGKILL'), 10)
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      if (signal === 'SIGKILL') resolve()
      else reject(new Error(`ended with ${code} before it was killed`))
    })
  })
}

beforeAll(async () => {
  const more = ['--examples', '640', '--model', at('both.safetensors'), '--shippable']
  await sweep(parseOptions(together('out', 'mel-log', ...more)))
}, 180_000)

describe('npm run tasks -- --together', () => {
  test('learns two tasks at once that say the opposite of the same sounds, and tells of each', () => {
    const record: TogetherRecord = recordOf(
      at('out', 'runs', 'together-shippable', 'birdsong+pitch-mel-log-1.json'),
    )
    expect(record).toMatchObject({
      type: 'together',
      system: 'mel-log',
      seed: 1,
      condition: 'as-heard',
      shippable: true,
      leftOut: 0,
      valid: { accuracy: 1 },
    })
    expect(record.settings.examples).toBe(640)
    expect(record.tasks.map(({ task }) => task)).toEqual(['birdsong', 'pitch'])
    for (const { clips, labels, chance, majority, test: measured, narrowChance } of record.tasks) {
      expect({ clips, labels, chance, majority, narrowChance }).toEqual({
        clips: { train: 8, valid: 8, test: 8 },
        labels: 2,
        chance: 0.5,
        majority: 0.5,
        narrowChance: 0,
      })
      expect(measured.map(({ gainDb }) => gainDb)).toEqual([0, -12, -24])
      expect(measured[0].accuracy).toBe(1)
    }
    const mean = record.tasks.reduce((sum, { valid }) => sum + valid.crossEntropy / 2, 0)
    expect(record.valid.crossEntropy).toBeCloseTo(mean, 12)
    // No check chooses: what is measured is the average at the last step.
    expect(record.bestStep).toBe(20)
    expect(record.curve.at(-1)!.step).toBe(20)
    expect(record.parameters).toEqual([])
  })

  test('writes a model whose heads answer by themselves', async () => {
    const model = modelOf('both.safetensors')
    expect(model.heads).toEqual([
      { name: 'birdsong', labels: 2 },
      { name: 'pitch', labels: 2 },
    ])
    expect(model.labels).toEqual(['high', 'low', 'high', 'low'])
    const { output } = model.probe
    for (let i = 0; i < output.length; i += 2) expect(output[i] + output[i + 1]).toBeCloseTo(1, 6)
    const heard = async (...more: string[]) => {
      const { stdout, stderr } = await runCli(
        ...['detect', at('birdsong', 'test0.wav'), '--model', at('both.safetensors'), ...more],
      )
      expect(stderr).toMatch(/events by both/)
      const events = stdout.split('\n').slice(0, -1)
      return events.map((line) => JSON.parse(line)).map(({ head, label }) => `${head} ${label}`)
    }
    expect((await heard()).sort()).toEqual(['birdsong low', 'pitch high'])
    expect(await heard('--heads', 'pitch')).toEqual(['pitch high'])
  }, 30_000)

  test('and a card that tells what it is, how well it does, and whom it learned from', () => {
    const { name, description, data: sources, licences, credits, metrics } = modelOf('both.safetensors').card
    expect(name).toBe('both')
    expect(description).toMatch(/birdsong \(2 labels\), pitch \(2 labels\); of each head one label holds/)
    expect(description).toMatch(
      /on the features of the mel-log frontend, trained on clips whose sources allow/,
    )
    expect(sources).toEqual(['computed: Computed tones'])
    expect(licences).toEqual(['computed: CC0-1.0'])
    expect(credits).toEqual(['computed: nobody'])
    expect(Object.keys(metrics)).toEqual(
      ['birdsong', 'pitch'].flatMap((task) =>
        ['', ' at -12 dB', ' at -24 dB'].map((gain) => `${task}, test accuracy${gain}`),
      ),
    )
    expect(metrics['pitch, test accuracy']).toBe(1)
  })

  test('goes on after being killed to the very same model and record, with the same options only', async () => {
    const few = ['--examples', '160']
    const args = together('parts', 'mel-pcen', '--model', at('parts.safetensors'), ...few)
    const checkpoint = PARTS.replace('.json', '.checkpoint')
    await sweepUntilCheckpoint(args, checkpoint)
    expect(existsSync(PARTS)).toBe(false)
    await expect(sweep(parseOptions([...args, '--examples', '96']))).rejects.toThrow(
      /"examples":160.*not.*"examples":96.*Give the same options again, or delete it/,
    )
    await sweep(parseOptions(args))
    await sweep(parseOptions(together('whole', 'mel-pcen', '--model', at('whole.safetensors'), ...few)))
    const lasting = ({ seconds, examplesPerSecond, ...record }: TogetherRecord) => {
      expect(seconds).toBeGreaterThan(1)
      expect(examplesPerSecond).toBeGreaterThan(1)
      return record
    }
    const record = lasting(recordOf(WHOLE))
    expect(record.parameters.map(({ name }) => name)).toEqual(['alpha', 'delta', 'root', 'smooth'])
    expect(record).not.toHaveProperty('shippable')
    expect(lasting(recordOf(PARTS))).toEqual(record)
    const { card: _, ...parts } = modelOf('parts.safetensors')
    const { card: __, ...whole } = modelOf('whole.safetensors')
    expect(parts).toEqual(whole)
    expect(existsSync(checkpoint)).toBe(false)
  }, 180_000)

  test('leaves the runs of single tasks readable beside it, and is not done again', async () => {
    const single = [...COMMON, 'mel-log', '--out', at('whole'), '--tasks', 'birdsong']
    const few = ['--conditions', 'as-heard', '--examples', '32']
    await sweep(parseOptions([...single, ...few]))
    const { runs, together: shared } = readRuns(at('whole'))
    expect(runs.map(({ task }) => task)).toEqual(['birdsong'])
    expect(shared.map(({ system, tasks }) => [system, tasks.length])).toEqual([['mel-pcen', 2]])
    const before = readFileSync(WHOLE)
    await sweep(parseOptions(together('whole', 'mel-pcen', '--model', at('whole.safetensors'))))
    expect(readFileSync(WHOLE)).toEqual(before)
    // Where only the model is missing, it is.
    await sweep(parseOptions([...single, ...few, '--model', at('single.safetensors')]))
    expect(modelOf('single.safetensors').heads).toEqual([{ name: 'birdsong', labels: 2 }])
  }, 60_000)
})

test('a run of one task writes a model of one head', async () => {
  const args = [...COMMON, 'leaf', '--out', at('one'), '--tasks', 'pitch', '--conditions', 'as-heard']
  const model = ['--model', at('one.safetensors'), '--energy-floor', '1e-8']
  await sweep(parseOptions([...args, ...model, '--examples', '32']))
  const { heads, labels, card } = modelOf('one.safetensors')
  expect(heads).toEqual([{ name: 'pitch', labels: 2 }])
  expect(labels).toEqual(['high', 'low'])
  expect(card.description).toMatch(
    /of the leaf frontend over a floor of 1e-8, which was learned along with it, trained with/,
  )
  const record: RunRecord = recordOf(at('one', 'runs', 'as-heard', 'pitch-leaf-1.json'))
  expect(card.metrics['pitch, test accuracy']).toBeCloseTo(record.test[0].accuracy, 3)
}, 60_000)
