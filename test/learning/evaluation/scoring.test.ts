import '@tensorflow/tfjs-backend-cpu'
import { setBackend } from '@tensorflow/tfjs-core'
import { layers, sequential } from '@tensorflow/tfjs-layers'
import { beforeAll, expect, test } from 'vitest'
import { preset } from '../../../src/frontend/index.ts'
import { clipSet, joinSets, mixtureSet } from '../../../src/learning/command/clip-sets.ts'
import { LiveFrontend } from '../../../src/learning/command/live-frontend.ts'
import type { Clip } from '../../../src/learning/data/clips.ts'
import { scoreSet } from '../../../src/learning/evaluation/scoring.ts'
import { tone } from '../tone-folder.ts'

const OPTIONS = {
  sampleRate: 16000,
  windowFrames: 96,
  hopFrames: 24,
  labels: ['high', 'low', 'silence'],
  seed: 2,
}
const frontend = new LiveFrontend(preset('leaf'))

function clip(label: number, frequency: number, length: number): Clip {
  const row = {
    file: '',
    path: '',
    labels: [label],
    split: 'test' as const,
    group: `${frequency}`,
    source: '',
    shippable: true,
  }
  const sound = label === 2 ? new Float32Array(length) : tone(frequency, length, frequency)
  return { row, samples: Int16Array.from(sound, (sample) => 32767 * sample) }
}

const clips = [
  clip(0, 3000, 20000),
  clip(1, 400, 9000),
  clip(0, 2500, 32000),
  clip(1, 500, 16000),
  clip(2, 0, 16000),
]

beforeAll(() => setBackend('cpu'))

test('short clips get a window, long ones several', () => {
  const { windows, targets } = clipSet(clips, frontend, OPTIONS)
  expect(windows.map(({ length }) => length)).toEqual([3, 1, 6, 2, 2])
  expect(targets.map((target) => [...target])).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ])
})

test('mixtures carry both labels, never silence, and are the same again', () => {
  const { targets, windows } = mixtureSet(clips, frontend, OPTIONS)
  expect(targets).toHaveLength(3)
  for (const target of targets) expect([...target]).toEqual([1, 1, 0])
  expect(mixtureSet(clips, frontend, OPTIONS).windows).toEqual(windows)
})

test('scores of an item are the mean over its windows', () => {
  const model = sequential({
    layers: [
      layers.flatten({ inputShape: [96, 40, 1] }),
      layers.dense({ units: 3, activation: 'sigmoid', kernelInitializer: 'randomNormal' }),
    ],
  })
  const set = clipSet(clips, frontend, OPTIONS)
  const scores = scoreSet(model, set)
  const each = set.windows[2].map((window) => scoreSet(model, { targets: [], windows: [[window]] })[0])
  each[0].forEach((_, label) => {
    const mean = each.reduce((sum, score) => sum + score[label], 0) / each.length
    expect(scores[2][label]).toBeCloseTo(mean, 5)
  })
  expect(joinSets(set, set).targets).toHaveLength(10)
})
