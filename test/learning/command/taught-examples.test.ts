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
const SAMPLES = (FRAMES + 10) * 160
const student = { labels: ['low', 'high'], sampleRate: 16000, hop: 160, windowFrames: FRAMES }
const COUNT = 10

beforeAll(prepareBackend)

/** What example `number` is, by its number alone. */
const exampleOf = (number: number): SoundExample => ({
  sound: tone(300 + 400 * number, SAMPLES, number),
  firstFrame: number % 4,
  target: number % 3 === 0 ? new Float32Array(2).fill(Number.NaN) : Float32Array.of(1, 0),
})

async function taught(keepsFeatures: boolean) {
  const made: number[] = []
  const make = (number: number) => {
    made.push(number)
    return exampleOf(number)
  }
  const frontend = chooseFrontend(preset('leaf'), SAMPLES, 'nothing')
  const teacher = await Teacher.open(PATH, student)
  const sizes = { count: COUNT, windowFrames: FRAMES }
  const examples = new TaughtExamples({ make }, teacher, sizes, keepsFeatures ? frontend : undefined)
  const clips = [300, 3900].map((frequency, i) => ({
    sound: tone(frequency, SAMPLES, i),
    target: Float32Array.of(Number(i === 0), Number(i === 1)),
  }))
  await examples.learnLabels(clips, 6, new Random(1))
  return { examples, teacher, frontend, made }
}

test.each([true, false])(
  'examples come again as they were heard and taught, features kept: %s',
  async (keeps) => {
    const { examples, teacher, frontend, made } = await taught(keeps)
    expect(made).toEqual([0, 1, 2, 3, 4, 5])
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
        if (!keeps) expect(example).toMatchObject({ sound: own.sound, firstFrame: own.firstFrame })
        else if ('sound' in example) expect.unreachable()
        else
          windowsOf(frontend, [own], FRAMES).forEach((value, i) => {
            expect(Math.abs(example.features[i] - value)).toBeLessThan(1e-5)
          })
      }
    }
  },
)

test('he hears an example once, and with its features it is made once more', async () => {
  const { examples, teacher, made } = await taught(true)
  made.length = 0
  let heard = 0
  const hear = teacher.hear.bind(teacher)
  teacher.hear = (some) => {
    heard += some.length
    return hear(some)
  }
  for (let index = 0; index < 4; index++) await examples.batch(index, 6)
  // Six of the ten he has learned from.
  expect(heard).toBe(4)
  expect(made).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('what an example says does not go by those that are made with it, before it or at the same time', async () => {
  const [one, other, third] = await Promise.all([taught(true), taught(true), taught(true)])
  const all = await one.examples.batch(0, COUNT)
  // From the seventh example on, over the tenth.
  const places = [7, 8, 9, 0, 1, 2, 3]
  const { examples: later } = await other.examples.batch(1, 7)
  expect(later).toEqual(places.map((place) => all.examples[place]))
  const together = await Promise.all([0, 1, 2, 3].map((index) => third.examples.batch(index, 5)))
  expect(together.flatMap(({ examples }) => examples)).toEqual([...all.examples, ...all.examples])
})
