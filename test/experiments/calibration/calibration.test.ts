import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadClassifier } from '../../../src/inference/node.ts'
import {
  type ClipLogits,
  clipScore,
  fitPlatt,
  type LogitMap,
  logit,
  sigmoid,
  UNCHANGED,
} from '../../../src/learning/evaluation/index.ts'
import { readModel, writeModel } from '../../../src/model/index.ts'
import { headedLoudModel, loudModel } from '../../cli/loud-model.ts'
import { seeded } from '../../model/tiny-model.ts'
import { mapsOf } from './calibrate.ts'
import { recalibrated } from './recalibrated.ts'

/** Clips of some windows whose label is there as often as the mapped scores say. */
function clipsOf(map: LogitMap, count: number, seed: number): ClipLogits[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, i) => {
    const logits = Array.from({ length: 1 + (i % 3) }, () => 4 * random())
    return { logits, hasLabel: (random() + 1) / 2 < clipScore(logits, map) }
  })
}

test('the fit finds the scale and the offset under which scores are right', () => {
  const { scale, offset } = fitPlatt(clipsOf({ scale: 0.5, offset: -1 }, 4000, 3))
  expect(scale).toBeCloseTo(0.5, 1)
  expect(offset).toBeCloseTo(-1, 1)
})

test('nothing near the fit has a lower cross entropy', () => {
  const loss = (clips: readonly ClipLogits[], map: LogitMap) => {
    const positive = clips.filter(({ hasLabel }) => hasLabel).length
    return clips.reduce((sum, { logits, hasLabel }) => {
      const target = hasLabel ? (positive + 1) / (positive + 2) : 1 / (clips.length - positive + 2)
      const score = clipScore(logits, map)
      return sum - target * Math.log(score) - (1 - target) * Math.log(1 - score)
    }, 0)
  }
  fc.assert(
    fc.property(
      ...[fc.double({ min: 0.3, max: 3 }), fc.double({ min: -3, max: 3 }), fc.integer({ min: 1, max: 99 })],
      (scale, offset, seed) => {
        const clips = clipsOf({ scale, offset }, 60, seed)
        const map = fitPlatt(clips)
        fc.pre(map !== UNCHANGED)
        const least = loss(clips, map)
        for (const [a, b] of [
          ...[
            [0.01, 0],
            [-0.01, 0],
          ],
          ...[
            [0, 0.01],
            [0, -0.01],
          ],
        ])
          expect(loss(clips, { scale: map.scale + a, offset: map.offset + b })).toBeGreaterThanOrEqual(least)
      },
    ),
    { numRuns: 20 },
  )
})

test('a label that no clip has, or whose scores fall with it, stays as it is', () => {
  expect(fitPlatt([{ logits: [2], hasLabel: false }])).toEqual(UNCHANGED)
  const clips = clipsOf({ scale: 1, offset: 0 }, 200, 1)
  expect(fitPlatt(clips.map((clip) => ({ ...clip, hasLabel: !clip.hasLabel })))).toEqual(UNCHANGED)
})

test('a label that is not given but that the teacher hears does not count against the scores', () => {
  const clips = clipsOf({ scale: 1, offset: 0 }, 2000, 5)
  // Of every second clip that has the label nobody has said so.
  const isKept = clips.map((_, i) => i % 2 === 0)
  const heard = (knows: boolean) => ({
    answers: {
      labels: ['crowd', 'speech'],
      places: [[0], [1]],
      asked: [0, 1],
      clips: clips.map(({ hasLabel }, i) => ({ path: '', labels: hasLabel && isKept[i] ? [1] : [0] })),
      leftOut: [],
    },
    logits: clips.map(({ logits }) => logits.map((value) => Float32Array.of(0, value))),
    unknown: clips.map(({ hasLabel }, i) => [false, knows && hasLabel && !isKept[i]]),
  })
  const [told, blind] = [mapsOf(heard(true))[1], mapsOf(heard(false))[1]]
  // Without those clips the label is there half as often as the scores say; counted as wrong, less than that again.
  expect(blind.offset).toBeLessThan(told.offset - 0.2)
  const { scale, offset } = fitPlatt(clips.filter(({ hasLabel }, i) => !hasLabel || isKept[i]))
  expect(told.scale).toBeCloseTo(scale, 5)
  expect(told.offset).toBeCloseTo(offset, 5)
})

test('folded into the last layer, the map is what the classifier computes, and thresholds move along', async () => {
  const model = readModel(readFileSync('demo/public/models/events.safetensors'))
  const maps = model.labels.map((_, i) => ({ scale: 0.7 + 0.05 * i, offset: 0.3 - 0.1 * i }))
  // As it is read again, with what float16 has rounded.
  const moved = readModel(writeModel(await recalibrated(model, maps)))
  const classifier = await loadClassifier(moved)
  const { input, output } = model.probe
  const windows = output.length / model.labels.length
  const scores = await classifier.infer(input, windows)
  classifier.dispose()
  const apart = Array.from(scores, (score, i) => {
    const { scale, offset } = maps[i % maps.length]
    return Math.abs(score - sigmoid(scale * logit(output[i]) + offset))
  })
  expect(Math.max(...apart)).toBeLessThan(1e-3)
  moved.decoding.labels.forEach(({ on, off }, i) => {
    const before = model.decoding.labels[i]
    expect(logit(on)).toBeCloseTo(maps[i].scale * logit(before.on) + maps[i].offset, 9)
    expect(logit(off)).toBeCloseTo(maps[i].scale * logit(before.off) + maps[i].offset, 9)
  })
})

test('of a label that is not told, threshold 1, nothing is told afterwards', async () => {
  const model = readModel(readFileSync('demo/public/models/events.safetensors'))
  const labels = model.decoding.labels.map((label) => ({ ...label, on: 1 }))
  const maps = labels.map(() => ({ scale: 0.7, offset: -0.3 }))
  const moved = await recalibrated({ ...model, decoding: { ...model.decoding, labels } }, maps)
  for (const { on } of moved.decoding.labels) expect(on).toBe(1)
})

test('a model without a layer to fold into is refused', () => {
  for (const model of [headedLoudModel(), loudModel()])
    expect(() =>
      recalibrated(
        model,
        model.labels.map(() => UNCHANGED),
      ),
    ).toThrow('does not end in a dense layer')
})
