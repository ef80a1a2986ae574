import '@tensorflow/tfjs-backend-wasm'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { compress } from '../../../src/frontend/index.ts'
import { pcenOf } from '../../../src/learning/adaptation/moved-compression.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { type Manifest, readManifest } from '../../../src/learning/data/manifest.ts'
import { averagePrecisions, mean } from '../../../src/learning/evaluation/measures.ts'
import { createNetwork } from '../../../src/learning/network/network.ts'
import { scoreWindows } from '../../../src/learning/network/score-windows.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { softmax } from '../../../src/model/index.ts'
import { FRONTEND, modelFile, SIZES } from '../../learning/adaptation/noisy-tones.ts'
import { toneFolder } from '../../learning/tone-folder.ts'
import { type HeardSet, measure } from './measure.ts'
import { type OpenedModel, openModel } from './open-model.ts'

const { windowFrames, channels } = SIZES
const HEADS = [
  { name: 'how many', labels: 2 },
  { name: 'tones', labels: 2 },
]
const PCEN = pcenOf(FRONTEND)

let data: string
let manifest: Manifest

const twoHeads = () => ({
  frontend: FRONTEND,
  classifier: createNetwork({ ...SIZES, labels: 4, activation: 'linear' }),
})

/** A head model of four labels, opened with the folder of the last two. */
async function opened(): Promise<OpenedModel> {
  const path = join(data, 'heads.safetensors')
  writeFileSync(path, modelFile(twoHeads(), HEADS))
  return openModel(path, manifest)
}

beforeAll(async () => {
  await prepareBackend()
  data = toneFolder(2)
  manifest = readManifest(data)
})

describe('a model with heads', () => {
  test('is opened by the head that has the labels of the folder', async () => {
    const { labels, isSoftmax, classifier, windowFrames: frames, hopFrames } = await opened()
    expect(labels).toEqual(['low', 'high'])
    expect(isSoftmax).toBe(true)
    expect({ frames, hopFrames }).toEqual({ frames: windowFrames, hopFrames: 16 })
    const { classifier: whole } = twoHeads()
    const window = new Float32Array(windowFrames * channels).map((_, i) => i % 7)
    const [[, , low, high]] = scoreWindows(whole, [window])
    expect([...scoreWindows(classifier, [window])[0]]).toEqual([low, high])
  })

  test('is refused where no head has them', async () => {
    const path = join(data, 'heads.safetensors')
    const other = { ...manifest, labels: ['low', 'middle'] }
    writeFileSync(path, modelFile(twoHeads(), HEADS))
    await expect(openModel(path, other)).rejects.toThrow('has the label "middle"')
    const whole = { ...manifest, labels: ['neither', 'both', 'low', 'high'] }
    await expect(openModel(path, whole)).rejects.toThrow('several heads of the model: how many, tones')
  })

  test("is measured by the mean of its windows' softmax", async () => {
    const model = await opened()
    const random = new Random(1)
    // Frames 0 to 63: windows at 0, 16 and 32.
    const energies = Array.from({ length: 40 }, () =>
      Float64Array.from({ length: 64 * channels }, () => Math.exp(2 * random.normal() - 4)),
    )
    const targets = energies.map((_, i) => Float32Array.from([i % 2, 1 - (i % 2)]))
    const heard = energies.map((clip, i) => ({ energies: clip, target: targets[i] }))
    const set: HeardSet = { heard, counted: [0, 1] }
    const scores = energies.map((clip) => {
      const features = Float32Array.from(compress(PCEN, clip, channels))
      const windows = [0, 16, 32].map((frame) =>
        features.slice(frame * channels, (frame + windowFrames) * channels),
      )
      const shares = scoreWindows(model.classifier, windows)
      for (const share of shares) softmax(share)
      return [0, 1].map((label) => shares.reduce((sum, share) => sum + share[label], 0) / 3)
    })
    const measured = measure(model, PCEN, set)
    expect(measured.meanAveragePrecision).toBe(mean(averagePrecisions(scores, targets)))
    const right = scores.filter(([low, high], i) => (low > high ? i % 2 === 1 : i % 2 === 0))
    expect(measured.accuracy).toBe(right.length / 40)
    expect(measured.accuracy).toBeLessThan(0.9)
    expect(measure(model, PCEN, { ...set, counted: [1] })).toMatchObject({ accuracy: 1, uar: 1 })
  })
})
