import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { FixedFrontend } from '../../../src/gradient/index.ts'
import { loadClassifier } from '../../../src/inference/node.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import type { ManifestRow } from '../../../src/learning/data/index.ts'
import { denseScores, lastLayerOf, withNewHead } from '../../../src/learning/network/index.ts'
import { streams } from '../../../src/learning/random/index.ts'
import { canvasOf, TeachingExamples } from '../../../src/learning/teaching/teaching-examples.ts'
import { windowsOf } from '../../../src/learning/training/index.ts'
import { readModel } from '../../../src/model/index.ts'
import { toneFolder } from '../../learning/tone-folder.ts'
import { inWords } from './fewshot.ts'
import { drawClips, openLabelSet } from './label-set.ts'
import { embedClips, examplesOf, lesson } from './lesson.ts'

const base = readModel(readFileSync('demo/public/models/events.safetensors'))
const options = { split: 'test', clips: 3 } as const
const tones = () => openLabelSet(toneFolder(8), options)

beforeAll(prepareBackend)

test('two tones are told apart after a lesson of three clips of each', async () => {
  const { labels, train, measured } = tones()
  expect(labels).toEqual(['high', 'low'])
  expect(measured.map((own) => own.length)).toEqual([3, 3])
  const examples = train.map((own, label) => drawClips(own, 3, streams.fewshotClips(1, label)))
  expect(await lesson(base, labels, examples, await embedClips(base, measured), 1)).toBe(1)
})

test('the last layer on a clip’s embedding gives the scores of the whole model', async () => {
  const { measured } = tones()
  const [{ pieces }] = await embedClips(base, measured)
  const { windowFrames } = base.classifier
  const canvas = canvasOf(base.frontend, windowFrames)
  const [sounds] = await examplesOf(measured[0], '', canvas.sampleRate)
  const [example] = new TeachingExamples([sounds], canvas, 1).plain()
  const classifier = await loadClassifier(base)
  const window = windowsOf(new FixedFrontend(base.frontend, canvas.samples), [example], windowFrames)
  const scores = await classifier.infer(window, 1)
  classifier.dispose()
  // Behind what its earlier layers say.
  const embedding = pieces[0].subarray(-withNewHead(base, 1).inputs)
  const own = denseScores(lastLayerOf(base), embedding)
  expect(own).toHaveLength(base.labels.length)
  own.forEach((score, label) => {
    expect(score).toBeCloseTo(scores[label], 5)
  })
})

test('a group that is in train and in test is refused', () => {
  const folder = toneFolder(2)
  const lines = ['train', 'valid', 'test'].flatMap((split) =>
    ['low', 'high'].map((label, i) => `${split}${i}.wav,${label},${split},${split === 'valid' ? 'b' : 'a'}`),
  )
  writeFileSync(join(folder, 'manifest.csv'), ['file,label,split,group', ...lines].join('\n'))
  expect(() => openLabelSet(folder, options)).toThrow('the group "a" in train and in test')
})

test('clips are drawn by seed, from as many groups as there are', () => {
  const clip = (group: string, file: string) => ({ group, file }) as ManifestRow
  const clips = [...'abcdef'].map((file) => clip('one', file)).concat(clip('two', 'g'), clip('three', 'h'))
  const draw = (seed: number, count: number) => drawClips(clips, count, streams.fewshotClips(seed, 0))
  for (const seed of [1, 2, 3]) {
    expect(draw(seed, 4)).toEqual(draw(seed, 4))
    expect(new Set(draw(seed, 3).map(({ group }) => group)).size).toBe(3)
    expect(new Set(draw(seed, 20).map(({ file }) => file)).size).toBe(8)
  }
  expect(
    new Set([1, 2, 3, 4, 5].map((seed) => String(draw(seed, 4).map(({ file }) => file)))).size,
  ).toBeGreaterThan(1)
})

test('shares are told by their median, lowest and highest', () => {
  expect(inWords([0.5, 0.1, 0.9])).toBe('50.0 (10.0–90.0)')
  expect(inWords([0.6, 0.5])).toBe('55.0 (50.0–60.0)')
})
