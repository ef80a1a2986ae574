import { expect, test } from 'vitest'
import { readManifest } from '../../../src/learning/data/manifest.ts'
import { toneFolder } from '../../learning/tone-folder.ts'
import { type Choice, chooseClips } from './choose-clips.ts'

const manifest = readManifest(toneFolder(8))
const CHOICE: Choice = { seconds: 7, seed: 1, leftOut: null, sampleRate: 16000, least: 0 }
const choose = (choice: Partial<Choice> = {}) => chooseClips(manifest, { ...CHOICE, ...choice })
const filesOf = async (choice: Partial<Choice> = {}) => (await choose(choice)).map(({ row }) => row.file)

test('draws clips of train, each once, of every label in turn', async () => {
  const clips = await choose({ seconds: 1000 })
  expect(clips.every(({ row }) => row.split === 'train')).toBe(true)
  expect(new Set(clips.map(({ row }) => row.file)).size).toBe(8)
  const labels = clips.map(({ row }) => row.labels[0])
  for (let i = 0; i < 8; i += 2) expect(labels[i] + labels[i + 1]).toBe(1)
})

test('takes no more than the seconds, as they are heard', async () => {
  const clips = await choose()
  const seconds = clips.reduce((sum, { samples }) => sum + samples.length / 16000, 0)
  expect(seconds).toBeLessThanOrEqual(7)
  expect(seconds).toBeGreaterThan(7 - 1.35)
  expect(await choose({ least: 32000 })).toHaveLength(3)
  expect(await choose({ seconds: 0.9 })).toHaveLength(0)
})

test('draws the same clips for a seed, others for another, none of a label that is left out', async () => {
  expect(await filesOf()).toEqual(await filesOf())
  expect(await filesOf({ seed: 2 })).not.toEqual(await filesOf())
  const left = await choose({ seconds: 1000, leftOut: 'low' })
  expect(left).toHaveLength(4)
  expect(left.every(({ row }) => manifest.labels[row.labels[0]] === 'high')).toBe(true)
})
