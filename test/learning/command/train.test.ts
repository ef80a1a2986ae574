import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { preset } from '../../../src/frontend/index.ts'
import { runTraining } from '../../../src/learning/command/run.ts'
import { parseOptions } from '../../../src/learning/command/train-options.ts'
import { readModel, splitFigures } from '../../../src/model/index.ts'
import { toneFolder } from '../tone-folder.ts'

const data = toneFolder(8)
const COMMON = [
  ...['--batch', '8', '--seed', '4', '--check', '10', '--filters', '8,16'],
  ...['--cache', join(data, 'cache')],
]
const options = (out: string, ...more: string[]) =>
  parseOptions(['--data', data, '--out', join(data, out), ...COMMON, ...more])
const modelOf = (out: string) => readModel(readFileSync(join(data, out)))

/** The command line in a process of its own, ended by force once it has told of its first check. */
function trainUntilFirstCheck(out: string, ...more: string[]): Promise<void> {
  const entry = fileURLToPath(new URL('../../../src/learning/command/train.ts', import.meta.url))
  const args = ['--import', 'tsx', entry, '--data', data, '--out', join(data, out), ...COMMON, ...more]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  return new Promise((resolve, reject) => {
    let told = ''
    child.stderr.on('data', (text: Buffer) => {
      told += text
      if (existsSync(`${join(data, out)}.checkpoint`)) child.kill('SIGKILL')
    })
    child.on('exit', (_, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(told))))
  })
}

describe('npm run train', () => {
  const metrics = () => JSON.parse(readFileSync(join(data, 'metrics.json'), 'utf8'))

  beforeAll(() => runTraining(options('whole.safetensors', '--steps', '40')), 120_000)

  test('learns two tones from a folder, and writes a model that the model file reader takes', () => {
    const figures = metrics().test.clips
    expect(figures.accuracy).toBe(1)
    expect(figures.meanAveragePrecision).toBe(1)
    const model = modelOf('whole.safetensors')
    expect(model.labels).toEqual(['high', 'low'])
    expect(model.card.data).toEqual(['computed'])
    expect(model.card.metrics['test accuracy, single label']).toBe(1)
    expect(splitFigures(model.card, model.labels).ofLabels.get(model.labels[0])).toEqual({
      precision: 1,
      recall: 1,
    })
  })

  test('makes the classifier of the size that is asked for, with kernels in int8', () => {
    const { weights } = modelOf('whole.safetensors').classifier
    const kernels = weights.filter(({ shape }) => shape.length > 1)
    expect(kernels.map(({ shape }) => shape.at(-1))).toEqual([8, 16, 2])
    expect(kernels.map(({ storage }) => storage?.type)).toEqual(['int8', 'int8', 'int8'])
  })

  test('tells the figures per label and draws the confusion matrix', () => {
    const { perLabel, confusion } = metrics()
    expect(perLabel.map(({ label }: { label: string }) => label)).toEqual(['high', 'low'])
    expect(confusion).toEqual([
      [4, 0],
      [0, 4],
    ])
    const picture = readFileSync(join(data, 'confusion.svg'), 'utf8')
    expect(picture.match(/<rect/g)).toHaveLength(1 + 4)
  })

  test('does not write over its own data, and says before it learns that it cannot write', async () => {
    const manifest = readFileSync(join(data, 'manifest.csv'))
    await expect(runTraining(options('manifest.csv'))).rejects.toThrow(/writing would destroy what is read/)
    await expect(runTraining(options('.'))).rejects.toThrow(/this is a folder/)
    expect(readFileSync(join(data, 'manifest.csv'))).toEqual(manifest)
  })

  test('goes on after being killed, to the very same model, with the same options only', async () => {
    await trainUntilFirstCheck('parts.safetensors', '--steps', '40')
    expect(existsSync(join(data, 'parts.safetensors'))).toBe(false)
    await expect(runTraining(options('parts.safetensors', '--steps', '50', '--resume'))).rejects.toThrow(
      /"steps":40.*not.*"steps":50/,
    )
    await runTraining(options('parts.safetensors', '--steps', '40', '--resume'))
    expect(modelOf('parts.safetensors')).toEqual(modelOf('whole.safetensors'))
  }, 120_000)

  test('goes on under a teacher too, to the very same model', async () => {
    const teacher = ['--teacher', join(data, 'whole.safetensors'), '--teacher-examples', '12']
    const some = ['--steps', '4', '--check', '2', ...teacher]
    await runTraining(options('taught.safetensors', ...some))
    await trainUntilFirstCheck('resumed.safetensors', ...some)
    await runTraining(options('resumed.safetensors', ...some, '--resume'))
    expect(modelOf('resumed.safetensors').classifier).toEqual(modelOf('taught.safetensors').classifier)
  }, 120_000)

  test.each([
    ['nothing', { filterbank: false, pooling: false, compression: false }],
    ['compression', { filterbank: false, pooling: false, compression: true }],
    ['all', { filterbank: true, pooling: true, compression: true }],
  ])(
    'the model carries the frontend with %s of it learned',
    async (learn, expected) => {
      const some = ['--steps', '2', '--check', '2', '--learn', learn, '--energy-floor', '1e-8']
      await runTraining(options(`${learn}.safetensors`, ...some, '--sample-rate', '8000'))
      const { frontend, card } = modelOf(`${learn}.safetensors`)
      expect(frontend.energyFloor).toBe(1e-8)
      expect(frontend.sampleRate).toBe(8000)
      expect(card.description).toMatch(/of the leaf frontend over a floor of 1e-8, /)
      const start = preset('leaf', { sampleRate: 8000 })
      // The file's numbers are of 32 bits.
      const isMoved = (part: 'filterbank' | 'pooling' | 'compression') => {
        const numbers = (description: object) =>
          Object.values(description).flatMap((values) => (Array.isArray(values) ? values : []))
        const before = numbers(start[part])
        return numbers(frontend[part]).some((value, i) => Math.abs(value / before[i] - 1) > 1e-5)
      }
      const moved = {
        filterbank: isMoved('filterbank'),
        pooling: isMoved('pooling'),
        compression: isMoved('compression'),
      }
      expect(moved).toEqual(expected)
    },
    120_000,
  )

  test('learns what a teacher hears beside its labels, and names unlabelled recordings by him; some sources apart', async () => {
    const manifest = readFileSync(join(data, 'manifest.csv'), 'utf8')
    const folder = toneFolder(8)
    const rows = manifest.replaceAll(/(train[67].*)computed/g, '$1elsewhere')
    writeFileSync(join(folder, 'manifest.csv'), rows)
    const taught = (...more: string[]) =>
      runTraining(
        parseOptions([
          ...['--data', folder, '--out', join(folder, 'taught.safetensors'), '--cache', join(data, 'cache')],
          ...['--batch', '8', '--steps', '3', '--check', '3', '--teacher', join(data, 'whole.safetensors')],
          ...['--teacher-examples', '16', '--student', join(folder, 'student.safetensors')],
          ...['--backgrounds', data, ...more],
        ]),
      )
    await taught('--leave-out', 'elsewhere')
    const figures = JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8'))
    expect(figures.clips).toEqual({ train: 6, valid: 8, test: 8, leftOut: 2, unlabelled: 8 })
    expect(figures.test.leftOut.items).toBe(2)
    const { labels, card, classifier } = readModel(readFileSync(join(folder, 'taught.safetensors')))
    expect(labels).toEqual(['high', 'low'])
    expect(classifier.weights.at(-1)!.shape).toEqual([2])
    const student = readModel(readFileSync(join(folder, 'student.safetensors')))
    expect(student.labels).toEqual(modelOf('whole.safetensors').labels)
    expect(student.frontend).toEqual(readModel(readFileSync(join(folder, 'taught.safetensors'))).frontend)
    expect(student.card.description).toMatch(/labels are the teacher's/)
    expect(card.description).toMatch(
      /with 24 augmented examples, of which 16 differ, beside the scores of whole.* This training learned nothing from elsewhere/,
    )
    await expect(taught('--out', join(data, 'whole.safetensors'))).rejects.toThrow(/destroy what is read/)
    await expect(taught('--leave-out', 'nowhere')).rejects.toThrow(/No clip is of the source "nowhere"/)
    await expect(taught('--frontend', 'leaf', '--teacher', 'nobody.safetensors')).rejects.toThrow(/nobody/)
  }, 60_000)

  test('begins from a model that is there, and learns on from it', async () => {
    await runTraining(
      options(
        'further.safetensors',
        ...['--from', join(data, 'whole.safetensors')],
        ...['--steps', '1'],
        ...['--rate', '1e-9'],
      ),
    )
    const [before, after] = [modelOf('whole.safetensors'), modelOf('further.safetensors')]
    expect(after.card.description).toMatch(/begun, as its frontend, from whole.safetensors/)
    expect(after.frontend).toEqual(before.frontend)
    const kernels = ({ classifier }: typeof before) =>
      classifier.weights.filter(({ shape }) => shape.length > 1)
    for (const [i, { values }] of kernels(before).entries())
      expect(
        Math.max(...kernels(after)[i].values.map((value, k) => Math.abs(value - values[k]))),
      ).toBeLessThan(1e-5)
    const others = options('x.safetensors', '--from', 'demo/public/models/events.safetensors')
    await expect(runTraining(others)).rejects.toThrow(/has the labels alarm.* the folder high, low/)
  }, 60_000)

  test('takes the frontend of a model file, of whatever labels, and nothing else', async () => {
    const file = 'demo/public/models/events.safetensors'
    await runTraining(options('framed.safetensors', '--frontend', file, '--steps', '1'))
    const framed = modelOf('framed.safetensors')
    expect(framed.frontend).toEqual(readModel(readFileSync(file)).frontend)
    expect(framed.labels).toEqual(['high', 'low'])
    const { card } = readModel(readFileSync(file))
    expect(framed.card.licences).toEqual(expect.arrayContaining([...card.licences]))
    expect(framed.card.data.length).toBeGreaterThan(card.data.length)
    expect(framed.card.description).toMatch(/of the frontend of events.safetensors, which was left as it is/)
    await expect(runTraining(options('x.safetensors', '--frontend', 'no.safetensors'))).rejects.toThrow(
      /no.safetensors/,
    )
  }, 60_000)

  test('leaves no checkpoint behind, and cannot go on without one', async () => {
    expect(existsSync(join(data, 'whole.safetensors.checkpoint'))).toBe(false)
    await expect(runTraining(options('whole.safetensors', '--resume'))).rejects.toThrow(/no checkpoint/)
  })
})

test.each([
  ['--data is missing', ['--out', 'x']],
  ['--out is missing', ['--data', 'x']],
  ['--frontend is gammatune', ['--data', 'x', '--out', 'y', '--frontend', 'gammatune']],
  [
    '--frontend and --from both',
    ['--data', 'x', '--out', 'y', '--frontend', 'leaf', '--from', 'z.safetensors'],
  ],
  [
    '--sample-rate is given, and z.safetensors has its own',
    ['--data', 'x', '--out', 'y', '--frontend', 'z.safetensors', '--sample-rate', '8000'],
  ],
  ['--learn is some', ['--data', 'x', '--out', 'y', '--learn', 'some']],
  ['--sample-rate is 0', ['--data', 'x', '--out', 'y', '--sample-rate', '0']],
  ['--frontend-rate is -1', ['--data', 'x', '--out', 'y', '--frontend-rate=-1']],
  ['--steps is 1.5', ['--data', 'x', '--out', 'y', '--steps', '1.5']],
  ['--rate is 0', ['--data', 'x', '--out', 'y', '--rate', '0']],
  ['--student needs --teacher', ['--data', 'x', '--out', 'y', '--student', 'z']],
  ['--backgrounds needs --teacher', ['--data', 'x', '--out', 'y', '--backgrounds', 'z']],
  ["Unknown option '--step'", ['--data', 'x', '--out', 'y', '--step', '3']],
])('refuses the command line: %s', (message, args) => {
  expect(() => parseOptions(args)).toThrow(message)
})
