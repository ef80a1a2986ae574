import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answersOf, merged } from '../../src/cli/evaluate/answers.ts'
import { figuresOf } from '../../src/cli/evaluate/figures.ts'
import { audiosetMap, everyName, readLabelMap } from '../../src/learning/data/label-map.ts'
import { readLabelledClips } from '../../src/learning/data/labelled-clips.ts'
import { readModel, splitFigures, writeModel } from '../../src/model/index.ts'
import { floatWav } from '../audio-file/wav-bytes.ts'
import { seeded } from '../model/tiny-model.ts'
import { headedLoudModel } from './loud-model.ts'
import { runCli } from './run-cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-evaluate-'))
})
afterAll(() => rm(folder, { recursive: true }))

const clip = (path: string, ...labels: string[]) => ({ path, labels })

describe('figures of a folder', () => {
  it('by hand: three answers of a model, of which two are asked for', () => {
    const clips = [
      clip('a', 'dog'),
      clip('b', 'dog'),
      clip('c', 'cat'),
      clip('d', 'dog', 'cat'),
      clip('e', 'owl'),
    ]
    const answers = answersOf(['cat', 'dog', 'cow'], clips, everyName)
    expect(answers).toMatchObject({ asked: [0, 1], leftOut: [{ label: 'owl', clips: 1 }] })
    const scores = [
      [0.2, 0.9, 0.1],
      [0.1, 0.4, 0.8],
      [0.3, 0.6, 0.1],
      [0.5, 0.8, 0.1],
    ].map((row) => Float32Array.from(row))
    const margins = scores.map((row) => row.map((score) => score - 0.45))
    const figures = figuresOf(answers, scores, margins)
    expect(figures).toMatchObject({
      clips: 4,
      accuracy: 1 / 3,
      accuracyAmongItsLabels: 2 / 3,
      meanRecall: 1 / 4,
    })
    expect(figures.confusion).toEqual({
      answers: ['cat', 'dog', 'cow'],
      counts: [
        [0, 1, 0],
        [0, 1, 1],
      ],
    })
    const [cat, dog] = figures.perLabel
    expect(cat).toMatchObject({
      clips: 2,
      recallOfHighest: 0,
      averagePrecision: 1,
      precision: 1,
      recall: 0.5,
    })
    expect(dog).toMatchObject({ clips: 3, recallOfHighest: 0.5, precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 })
    expect(dog.averagePrecision).toBeCloseTo((1 + 1 + 3 / 4) / 3)
    // Wrongly said: cat with 0.2 and 0.1, dog with 0.6. Rightly: cat with 0.3 and 0.5, dog with 0.4, 0.8 and just below 0.9.
    const { bins, error, errorOfHalfAndMore } = figures.calibration
    expect(bins.map(({ count }) => count)).toEqual([0, 1, 1, 1, 1, 1, 1, 0, 2, 0])
    expect(bins.map(({ right }) => right)).toEqual([null, 0, 0, 1, 1, 1, 0, null, 1, null])
    expect(errorOfHalfAndMore).toBeCloseTo((0.5 + 0.6 + 2 * 0.15) / 4)
    expect(error).toBeCloseTo((0.1 + 0.2 + 0.7 + 0.6 + 0.5 + 0.6 + 2 * 0.15) / 8)
    expect(figures.meanAveragePrecision).toBeCloseTo((cat.averagePrecision + dog.averagePrecision) / 2)
  })

  it('by names of 100,000 clips, each another that the model has not', () => {
    const clips = Array.from({ length: 100_000 }, (_, i) => clip('a', `label ${i}`, `LABEL ${i}`))
    const { leftOut } = answersOf(['cat'], [...clips, clip('b', 'label 7', 'cat')], everyName)
    expect(leftOut).toHaveLength(100_000)
    expect([leftOut[6], leftOut[7]]).toEqual([
      { label: 'label 6', clips: 1 },
      { label: 'label 7', clips: 2 },
    ])
  })

  it('with a map: many names of the model are one label, of which the highest score counts', async () => {
    const path = join(folder, 'map.csv')
    await writeFile(path, 'name,label\nBark,dog\n"Dog, pet",Dog\nMeow,cat\n')
    const map = readLabelMap(path)
    const answers = answersOf(['Dog, pet', 'Speech', 'bark', 'Meow'], [clip('a', 'DOG')], map)
    expect(answers).toMatchObject({ labels: ['Dog', 'cat'], places: [[0, 2], [3]], asked: [0], leftOut: [] })
    expect(merged([0.25, 0.9, 0.5, 0.125], answers.places)).toEqual(Float32Array.of(0.5, 0.125))
  })

  it.each([
    ['name;label\na;b\n', 'has no columns name and label'],
    ['name,label\na,\n', 'has an empty cell in line 2'],
    ['name,label\na,b\nA,c\n', 'maps A to b and to c'],
    ['name,label\n', 'holds no names'],
  ])('a map %j is refused', async (text, problem) => {
    const path = join(folder, 'bad.csv')
    await writeFile(path, text)
    expect(() => readLabelMap(path)).toThrow(problem)
  })

  it('AudioSet’s names go to labels of the default model', () => {
    const map = audiosetMap
    expect([map.labelOf('Bow-wow'), map.labelOf('Finger snapping'), map.labelOf('Typing')]).toEqual([
      ...['animal', 'clap_snap', 'Typing'],
    ])
  })
})

describe('evaluate', () => {
  it('takes the clips of a split or of some sources', async () => {
    const rows = ['file,label,split,source', 'a.wav,x,test,one', 'b.wav,x,train,two', 'c.wav,x,test,two']
    await writeFile(join(folder, 'manifest.csv'), `${rows.join('\n')}\n`)
    for (const name of ['a', 'b', 'c'])
      await writeFile(join(folder, `${name}.wav`), floatWav(new Float32Array(9), 16000))
    const names = (choice: object) =>
      readLabelledClips(folder, choice).map(({ path }) => path.slice(folder.length + 1, -4))
    expect(names({})).toEqual(['a', 'c'])
    expect(names({ split: 'train' })).toEqual(['b'])
    expect(names({ sources: ['two'] })).toEqual(['b', 'c'])
    expect(names({ sources: ['two'], split: 'test' })).toEqual(['c'])
    expect(() => names({ sources: ['one', 'three'] })).toThrow('no clip of the source "three"')
  })

  it('measures the test clips, or all where there is no split, and tells what it leaves out', async () => {
    await writeFile(join(folder, 'model.safetensors'), writeModel(headedLoudModel()))
    const random = seeded(3)
    const noise = (level: number) => Float32Array.from({ length: 16000 }, () => level * random())
    await writeFile(join(folder, 'loud.wav'), floatWav(noise(0.9), 16000))
    await writeFile(join(folder, 'quiet.wav'), floatWav(noise(1e-3), 16000))
    const rows = [
      'loud.wav,Loud,test',
      'loud.wav,quiet,train',
      'quiet.wav,quiet,test',
      'quiet.wav,whale,test',
    ]
    await writeFile(join(folder, 'manifest.csv'), ['file,label,split', ...rows].join('\n'))
    const model = ['--model', join(folder, 'model.safetensors'), '--heads', 'level']
    const { code, stdout, stderr } = await runCli('evaluate', folder, ...model, '--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'The model has no whale (1 clips): left out.\n' })
    expect(JSON.parse(stdout)).toMatchObject({
      clips: 2,
      accuracy: 1,
      leftOut: [{ label: 'whale', clips: 1 }],
    })

    const out = join(folder, 'with-figures.safetensors')
    expect(await runCli('evaluate', folder, ...model, '--out', out)).toMatchObject({ code: 0 })
    const [before, after] = [headedLoudModel(), readModel(await readFile(out))]
    const { ofLabels, others } = splitFigures(after.card, after.labels)
    expect(Object.fromEntries(ofLabels)).toEqual({
      loud: { precision: 1, recall: 1 },
      quiet: { precision: 1, recall: 1 },
    })
    expect({ ...after, card: { ...after.card, metrics: others } }).toEqual(readModel(writeModel(before)))

    const none = await runCli('evaluate', folder, ...model, '--split', 'valid')
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('no clip in the split "valid"') })
  })
})
