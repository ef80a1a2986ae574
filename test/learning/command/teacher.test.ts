import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadClassifier } from '../../../src/inference/node.ts'
import { LiveFrontend } from '../../../src/learning/command/live-frontend.ts'
import { Teacher } from '../../../src/learning/command/teacher.ts'
import { openModel } from '../../../src/model/node.ts'
import { tone } from '../tone-folder.ts'

const PATH = join(import.meta.dirname, '../../../demo/public/models/events.safetensors')
const LEAD = 8000

test('a teacher hears the window that the student sees; what a target leaves open is his, what it says stays', async () => {
  const model = await openModel(PATH)
  const { windowFrames } = model.classifier
  const labels = ['Speech', 'unheard of', 'alarm']
  const teacher = await Teacher.open(PATH, labels, 16000)
  const sounds = Array.from({ length: 18 }, (_, i) => tone(300 + 90 * i, LEAD + windowFrames * 160 + 480, i))
  const target = Float32Array.from([Number.NaN, Number.NaN, 0])
  const examples = sounds.map((sound) => ({ sound, firstFrame: LEAD / 160, target: target.slice() }))
  const end = LEAD + windowFrames * 160
  const { index, examples: taught } = await teacher.teach(
    { index: 3, examples },
    (place) => 100 + place,
    () => end,
  )
  expect(index).toBe(3)
  // What he has heard he knows by its number.
  const silent = { ...examples[0], sound: new Float32Array(LEAD) }
  const again = await teacher.teach(
    { index: 4, examples: [silent] },
    () => 117,
    () => end,
  )
  expect(again.examples[0].target).toEqual(taught[17].target)
  const frontend = new LiveFrontend(model.frontend)
  const classifier = await loadClassifier(model)
  for (const [i, sound] of sounds.entries()) {
    const heard = sound.slice(LEAD, end)
    const window = frontend.window({ sound: heard, firstFrame: 0, target }, windowFrames)
    const right = await classifier.infer(window, 1)
    const { target: all } = taught[i]
    expect(all).toHaveLength(labels.length + model.labels.length)
    const scores = all.subarray(labels.length)
    scores.forEach((score, label) => {
      expect(Math.abs(score - right[label])).toBeLessThan(1e-5)
    })
    expect([...all.subarray(0, 3)]).toEqual([scores[model.labels.indexOf('speech')], Number.NaN, 0])
  }
  classifier.dispose()
})

test('a teacher of another rate, or with heads, is refused', async () => {
  await expect(Teacher.open(PATH.replace('events', 'tasks'), ['speech'], 16000)).rejects.toThrow(/has heads/)
  await expect(Teacher.open(PATH, ['speech'], 8000)).rejects.toThrow(/hears 16000 Hz, the frontend 8000 Hz/)
})
