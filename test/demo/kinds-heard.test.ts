import '@tensorflow/tfjs-backend-wasm'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { notes, sea } from '../../demo/tasks/clips.ts'
import { headText } from '../../demo/tasks/heads.ts'
import { KindsHeard } from '../../demo/tasks/kinds-heard.ts'
import { loadClassifier } from '../../src/inference/node.ts'
import { readModel } from '../../src/model/index.ts'
import { streamFrames } from '../../src/offline/index.ts'
import { WindowScorer } from '../../src/offline/window-scorer.ts'
import { speech } from '../browser/speech.ts'

const model = readModel(readFileSync('demo/public/models/events.safetensors'))
const heads = readModel(readFileSync('demo/public/models/tasks.safetensors')).heads!

/** Heads that apply to most windows of a sound. */
async function answering(sound: Float32Array, sampleRate: number): Promise<string[]> {
  const classifier = await loadClassifier(model)
  const scorer = new WindowScorer(model, classifier)
  const kinds = new KindsHeard(model)
  const counts = heads.map(() => 0)
  let windows = 0
  async function* blocks() {
    yield sound
  }
  for await (const _ of streamFrames(model.frontend, { sampleRate, blocks: blocks() }, scorer.take));
  await scorer.scoreRest((time, scores) => {
    windows++
    kinds.add(time, scores)
    heads.forEach(({ name }, i) => {
      if (kinds.has(headText(name).kind!)) counts[i]++
    })
  })
  classifier.dispose()
  return heads.filter((_, i) => counts[i] > windows / 2).map(({ name }) => name)
}

test('a head answers only for its kind of sound', async () => {
  expect(await answering(notes(), 16000)).toEqual(['instrument', 'pitch'])
  expect(await answering(sea(), 16000)).toEqual(['scenes'])
  // A second of quiet, a second and a half of speech.
  const spoken = await speech()
  expect(await answering(spoken.subarray(0.8 * 44100), 44100)).toEqual(['emotion', 'speaker', 'keywords'])
  const quiet = Float32Array.from({ length: 48000 }, (_, i) => 0.0005 * Math.sin(i * i))
  expect(await answering(quiet, 16000)).toEqual([])
})

test('a kind counts as heard for a while after its last window', () => {
  const kinds = new KindsHeard({
    labels: ['speech', 'music'],
    decoding: {
      smoothingSeconds: 0,
      mergeGapSeconds: 0,
      labels: [
        { on: 0.3, off: 0.2, minimumSeconds: 0 },
        { on: 0.7, off: 0.4, minimumSeconds: 0 },
      ],
    },
  })
  const [speech, music] = ['speech', 'music'].map((label) => ({ name: label, labels: [label] }))
  kinds.add(1, [0.4, 0.49])
  expect([kinds.has(speech), kinds.has(music)]).toEqual([false, false])
  kinds.add(2, [0.5, 0.6])
  expect([kinds.has(speech), kinds.has(music)]).toEqual([true, true])
  kinds.add(3.4, [0, 0])
  expect(kinds.has(speech)).toBe(true)
  kinds.add(3.6, [0, 0])
  expect(kinds.has(speech)).toBe(false)
})
