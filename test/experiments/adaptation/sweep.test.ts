import '@tensorflow/tfjs-backend-wasm'
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { add } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { noise } from '../../../src/learning/sound/sound.ts'
import { HEADS, modelFile, trainedModel } from '../../learning/adaptation/noisy-tones.ts'
import { toneFolder, wav } from '../../learning/tone-folder.ts'
import { parseOptions } from './adapt-options.ts'
import type { AdaptationRecord } from './record.ts'
import { sweep } from './sweep.ts'

const data = toneFolder(10)
const out = join(data, 'out')
const model = join(data, 'tones.safetensors')
const COMMON = ['--data', data, '--model', model, '--steps', '6', '--cache', join(data, 'cache')]
let tones: Uint8Array
let trained: Awaited<ReturnType<typeof trainedModel>>
const adapt = (...args: string[]) => sweep(parseOptions([...COMMON, '--out', out, ...args]))

const pathOf = (name: string, folder = out) => join(folder, 'runs', basename(data), `${name}.json`)
const recordOf = (name: string, folder = out): AdaptationRecord =>
  JSON.parse(readFileSync(pathOf(name, folder), 'utf8'))

beforeAll(async () => {
  await prepareBackend()
  trained = await trainedModel()
  tones = modelFile(trained)
  writeFileSync(model, tones)
  writeFileSync(
    join(data, 'fan.wav'),
    wav(
      noise(10 * 16000, 'brown', new Random(9)).map((x) => 0.1 * x),
      16000,
    ),
  )
  await adapt('--snrs', '10,0', '--seeds', '1,2', '--noises', 'pink')
  await adapt('--snrs', '10', '--noises', join(data, 'fan.wav'))
}, 180_000)

describe('npm run adapt', () => {
  test('measures, adapts, measures again', () => {
    const { conditions, run, clips, learned, seconds, compression, before, after } = recordOf('pink-0-1')
    expect(conditions).toMatchObject({ model: { file: 'tones.safetensors' }, split: 'test', steps: 6 })
    expect(run).toEqual({ noise: 'pink', leftOut: null, snr: 0, seed: 1 })
    expect(clips).toBe(10)
    expect(learned.clips).toBe(10)
    expect(learned.seconds).toBeGreaterThan(10)
    expect(seconds).toBeGreaterThan(0)
    expect(before.inQuiet).toEqual({ accuracy: 1, uar: 1, meanAveragePrecision: 1 })
    expect(before.inNoise.accuracy).toBeLessThan(0.8)
    expect(after.inNoise.accuracy).toBeGreaterThan(before.inNoise.accuracy)
    expect(after.inQuiet.accuracy).toBe(1)
    expect(Object.keys(compression)).toEqual(['alpha', 'delta', 'root', 'smooth'])
    expect(compression.delta).toHaveLength(16)
    expect(new Set(compression.delta).size).toBeGreaterThan(1)
  })

  test('measures every adaptation to a room on the same sounds', () => {
    const [one, other] = [recordOf('pink-0-1'), recordOf('pink-0-2')]
    expect(other.before).toEqual(one.before)
    expect(other.compression).not.toEqual(one.compression)
    expect(recordOf('pink-10-1').loss.first).toBeLessThan(one.loss.first)
    expect(recordOf('pink-10-1').before.inQuiet).toEqual(one.before.inQuiet)
  })

  test('leaves the model as it is', () => {
    expect([...readFileSync(model)]).toEqual([...tones])
  })

  test('gathers a line for every room', () => {
    const { rows } = JSON.parse(readFileSync(join(out, 'adaptation.json'), 'utf8'))
    const names = rows.map(({ run }: AdaptationRecord) => `${run.noise} ${run.snr} ${run.seed}`)
    expect(names).toEqual(['fan 10 1', 'pink 10 1', 'pink 10 2', 'pink 0 1', 'pink 0 2'])
    const readme = readFileSync(join(out, 'README.md'), 'utf8')
    expect(readme).toContain(`\n## ${basename(data)}\n`)
    expect(readme.match(/^\| (fan|pink) /gm)).toHaveLength(3)
    expect(readme).toContain('| 1, 2 |')
    expect(readme).not.toMatch(/NaN|undefined|null/)
  })

  test('does what is missing, and nothing again', async () => {
    const before = statSync(pathOf('pink-10-1')).mtimeMs
    await adapt('--snrs', '10,5', '--noises', 'pink')
    expect(statSync(pathOf('pink-10-1')).mtimeMs).toBe(before)
    expect(recordOf('pink-5-1').run.snr).toBe(5)
  })

  test('does nothing again that was gathered, and keeps it', async () => {
    const folder = join(data, 'gathered')
    mkdirSync(folder)
    cpSync(join(out, 'adaptation.json'), join(folder, 'adaptation.json'))
    await sweep(parseOptions([...COMMON, '--out', folder, '--snrs', '10,5', '--noises', 'pink']))
    expect(existsSync(join(folder, 'runs'))).toBe(false)
    for (const file of ['adaptation.json', 'README.md']) {
      expect(readFileSync(join(folder, file), 'utf8')).toBe(readFileSync(join(out, file), 'utf8'))
    }
  })

  test('gives the same run again, to the bit', async () => {
    const other = join(data, 'again')
    await sweep(parseOptions([...COMMON, '--out', other, '--snrs', '10', '--noises', 'pink']))
    const timeless = (record: AdaptationRecord) => ({ ...record, seconds: 0 })
    expect(timeless(recordOf('pink-10-1', other))).toEqual(timeless(recordOf('pink-10-1')))
  })

  test('gathers several data sets, a table each', async () => {
    const copy = join(data, 'other')
    toneFolder(6, copy)
    await sweep(parseOptions([...COMMON, '--data', copy, '--out', out, '--snrs', '10']))
    const { rows } = JSON.parse(readFileSync(join(out, 'adaptation.json'), 'utf8'))
    expect(rows.map(({ conditions }: AdaptationRecord) => conditions.data)).toContain('other')
    const readme = readFileSync(join(out, 'README.md'), 'utf8')
    expect(readme.match(/^## .*$/gm)).toEqual([`## ${basename(data)}`, '## other'])
    expect(readme).toMatch(/on up to 6 clips of the test split; 6 passes over at most 50 seconds/)
  })

  test('leaves out a label that is the noise', async () => {
    const scores = trained.classifier.layers.at(-2)!
    const [kernel, bias] = scores.getWeights()
    scores.setWeights([kernel, add(bias, [1000, 0])])
    writeFileSync(join(data, 'low.safetensors'), modelFile(trained))
    const args = ['--model', join(data, 'low.safetensors'), '--out', join(data, 'label'), '--snrs', '10']
    await sweep(parseOptions([...COMMON, ...args, '--noises', 'low', '--seconds', '8']))
    const { run, clips, before, learned, loss } = recordOf('low-10-1', join(data, 'label'))
    expect(run.leftOut).toBe('low')
    expect({ clips, learned: learned.clips }).toEqual({ clips: 5, learned: 5 })
    // That it is sure of the label left out is not held against it.
    expect(before.inNoise.accuracy).toBe(1)
    expect(loss.first).toBeLessThan(3)
    expect(learned.seconds).toBeLessThanOrEqual(8)
  })

  test('adapts a model with heads by that of the folder', async () => {
    writeFileSync(join(data, 'head.safetensors'), modelFile(await trainedModel(true), HEADS))
    const args = ['--model', join(data, 'head.safetensors'), '--out', join(data, 'head'), '--snrs', '10']
    await sweep(parseOptions([...COMMON, ...args]))
    const { loss, before, after } = recordOf('pink-10-1', join(data, 'head'))
    expect(loss.last).toBeLessThan(loss.first)
    expect(before.inQuiet.accuracy).toBe(1)
    expect(after.inNoise.accuracy).toBeGreaterThanOrEqual(before.inNoise.accuracy)
    expect(after.inNoise.meanAveragePrecision).toBe(1)
  })
})

describe('refuses', () => {
  test.each([
    [
      'runs of other settings in the same folder',
      ['--seconds', '20', '--snrs', '3'],
      /"seconds":50.*not.*"seconds":20/,
    ],
    ['a noise that is none', ['--noises', 'purple'], '"purple" is no noise'],
    [
      'too little sound to adapt from',
      ['--seconds', '4', '--out', join(data, 'little')],
      'too little to adapt',
    ],
    ['a model that is not there', ['--model', join(data, 'nothing')], 'cannot be read'],
    ['a recording that is too short', ['--noises', join(data, 'test0.wav'), '--snrs', '1'], 'has 0 pieces'],
  ])('%s', async (_, args, sentence) => {
    await expect(adapt(...args)).rejects.toThrow(sentence)
  })

  test('a model of other labels', async () => {
    const path = join(data, 'manifest.csv')
    const manifest = readFileSync(path, 'utf8')
    writeFileSync(path, manifest.replaceAll(',high,', ',shrill,'))
    await expect(adapt()).rejects.toThrow('Only one of')
    writeFileSync(path, manifest)
  })
})

test.each([
  ['--data is missing', ['--model', 'x']],
  ['--model is missing', ['--data', 'x']],
  ['--snrs is loud', ['--data', 'x', '--model', 'y', '--snrs', '10,loud']],
  ['--snrs is .', ['--data', 'x', '--model', 'y', '--snrs', '10,']],
  ['--seconds is 0', ['--data', 'x', '--model', 'y', '--seconds', '0']],
  ['--seeds is 1.5', ['--data', 'x', '--model', 'y', '--seeds', '1.5']],
  ['--split is train', ['--data', 'x', '--model', 'y', '--split', 'train']],
  ['--rate is -1', ['--data', 'x', '--model', 'y', '--rate=-1']],
  ["Unknown option '--snr'", ['--data', 'x', '--model', 'y', '--snr', '3']],
])('refuses options: %s', (sentence, args) => {
  expect(() => parseOptions(args)).toThrow(sentence)
  expect(() => parseOptions(args)).toThrow('npm run adapt -- --data DIR')
})
