import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { preset } from '../../../src/frontend/index.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { TaughtExamples } from '../../../src/learning/command/taught-examples.ts'
import { Teacher } from '../../../src/learning/distillation/index.ts'
import type { SoundExample } from '../../../src/learning/examples/index.ts'
import { Random } from '../../../src/learning/random/index.ts'
import { chooseFrontend, windowsOf } from '../../../src/learning/training/index.ts'
import { tone } from '../tone-folder.ts'

const PATH = join(import.meta.dirname, '../../../demo/public/models/events.safetensors')
const FRAMES = 96
const SAMPLES = FRAMES * 160 + 480
const student = { labels: ['low', 'high'], sampleRate: 16000, hop: 160, windowFrames: FRAMES }
const COUNT = 10

beforeAll(prepareBackend)

/** What example `number` is, by its number alone. */
const exampleOf = (number: number): SoundExample => ({
  sound: tone(300 + 400 * number, SAMPLES, number),
  firstFrame: 0,
  target: number % 3 === 0 ? new Float32Array(2).fill(Number.NaN) : Float32Array.of(1, 0),
})

async function taught(keepsFeatures: boolean) {
  const made: number[] = []
  const make = (number: number) => {
    made.push(number)
    return exampleOf(number)
  }
  const frontend = chooseFrontend(preset('leaf'), SAMPLES, 'nothing')
  const windows = (examples: readonly SoundExample[]) =>
    examples.map((example) => windowsOf(frontend, [example], FRAMES))
  const teacher = await Teacher.open(PATH, student)
  const examples = new TaughtExamples({ make }, teacher, COUNT, keepsFeatures ? windows : undefined)
  const clips = [300, 3900].map((frequency, i) => ({
    sound: tone(frequency, SAMPLES, i),
    target: Float32Array.of(Number(i === 0), Number(i === 1)),
  }))
  await examples.learnLabels(clips, 6, new Random(1))
  return { examples, teacher, windows, made }
}

test.each([true, false])(
  'examples come again as they were heard and taught, features kept: %s',
  async (keeps) => {
    const { examples, teacher, windows, made } = await taught(keeps)
    expect(made).toEqual([0, 1, 2, 3, 4, 5])
    made.length = 0
    // 4 × 6 examples of 10.
    for (let index = 0; index < 4; index++) {
      const batch = await examples.batch(index, 6)
      expect(batch.index).toBe(index)
      for (const [place, example] of batch.examples.entries()) {
        const own = exampleOf((index * 6 + place) % COUNT)
        const [heard] = await teacher.hear([own])
        teacher.answer(heard).forEach((score, label) => {
          expect(Math.abs(example.target[label] - score)).toBeLessThan(1e-6)
        })
        if (keeps) expect(example).toMatchObject({ features: windows([own])[0], firstFrame: 0 })
        else expect(example).toMatchObject({ sound: own.sound, firstFrame: own.firstFrame })
      }
    }
    const inTurn = Array.from({ length: 24 }, (_, i) => i % COUNT)
    expect(made).toEqual(keeps ? inTurn.slice(0, COUNT) : inTurn)
  },
)

test('batches that are made at the same time are those made one after the other', async () => {
  const [{ examples: one }, { examples: other }] = [await taught(true), await taught(true)]
  const indices = [0, 1, 2, 3]
  const together = await Promise.all(indices.map((index) => one.batch(index, 6)))
  for (const index of indices) expect(together[index]).toEqual(await other.batch(index, 6))
})

test('he hears an example once', async () => {
  const { examples, teacher } = await taught(true)
  let heard = 0
  const hear = teacher.hear.bind(teacher)
  teacher.hear = (some) => {
    heard += some.length
    return hear(some)
  }
  for (let index = 0; index < 4; index++) await examples.batch(index, 6)
  // Six of the ten he has learned from.
  expect(heard).toBe(4)
})
