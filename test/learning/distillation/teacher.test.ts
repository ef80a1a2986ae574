import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { loadClassifier } from '../../../src/inference/node.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { LiveFrontend } from '../../../src/learning/command/live-frontend.ts'
import { Teacher } from '../../../src/learning/distillation/index.ts'
import type { SoundExample } from '../../../src/learning/examples/index.ts'
import { Random } from '../../../src/learning/random/index.ts'
import { openModel } from '../../../src/model/node.ts'
import { tone } from '../tone-folder.ts'

const PATH = join(import.meta.dirname, '../../../demo/public/models/events.safetensors')
const LEAD = 8000
const student = { labels: ['Speech', 'unheard of'], sampleRate: 16000, hop: 160, windowFrames: 96 }
const END = LEAD + student.windowFrames * student.hop

beforeAll(prepareBackend)

/** Low tones and high ones, a second of sound before their window. */
function examples(target: (isHigh: boolean) => readonly number[]): SoundExample[] {
  return Array.from({ length: 18 }, (_, i) => ({
    sound: tone(i % 2 === 0 ? 300 + 10 * i : 3000 + 90 * i, END + 480, i),
    firstFrame: LEAD / student.hop,
    target: Float32Array.from(target(i % 2 === 1)),
  }))
}

const answersTo = async (teacher: Teacher, some: readonly SoundExample[]) =>
  (await teacher.hear(some)).map((heard) => teacher.answer(heard))

async function taughtTeacher(): Promise<Teacher> {
  const teacher = await Teacher.open(PATH, student)
  const clips = [300, 420, 3000, 4200].map((frequency, i) => ({
    // Shorter than a window, and longer.
    sound: tone(frequency, 6000 * (i + 1), i),
    target: Float32Array.of(Number(i < 2), Number(i >= 2)),
  }))
  const known = examples((isHigh) => [isHigh ? Number.NaN : 1, Number(isHigh)])
  await teacher.learnLabels(clips, await teacher.hear(known), new Random(1))
  return teacher
}

test('a teacher hears the window that the student sees, and says all that its model says of it', async () => {
  const teacher = await taughtTeacher()
  const model = await openModel(PATH)
  const sounds = examples(() => [0, 0])
  const answers = await answersTo(teacher, sounds)
  const frontend = new LiveFrontend(model.frontend)
  const classifier = await loadClassifier(model)
  for (const [i, { sound, target }] of sounds.entries()) {
    const window = frontend.window({ sound: sound.slice(LEAD, END), firstFrame: 0, target }, 96)
    const right = await classifier.infer(window, 1)
    const scores = answers[i].subarray(2)
    expect(scores).toHaveLength(model.labels.length)
    scores.forEach((score, label) => {
      expect(Math.abs(score - right[label])).toBeLessThan(1e-5)
    })
  }
  classifier.dispose()
})

test('the student’s labels are his where a target leaves them open, and half his where it says that they are not heard', async () => {
  const teacher = await taughtTeacher()
  const targets = async (target: (isHigh: boolean) => readonly number[]) =>
    (await answersTo(teacher, examples(target))).map((answer) => [...answer.subarray(0, 2)])
  const open = await targets(() => [Number.NaN, Number.NaN])
  open.forEach(([low, high], i) => {
    const [heard, other] = i % 2 === 0 ? [low, high] : [high, low]
    expect(heard).toBeGreaterThan(0.8)
    expect(other).toBeLessThan(0.2)
  })
  const known = await targets((isHigh) => [Number(!isHigh), Number.NaN])
  known.forEach(([low, high], i) => {
    if (i % 2 === 0) expect(low).toBe(1)
    else expect(low).toBeCloseTo(open[i][0] / 2, 6)
    expect(high).toBe(open[i][1])
  })
})

test('of a clip he learns from all that is in it, not from its beginning alone', async () => {
  const teacher = await Teacher.open(PATH, student)
  const clips = [300, 3000].map((frequency, i) => {
    const sound = new Float32Array(5 * 16000)
    // For two windows both are the same.
    sound.set(tone(1000, 2 * 16000, 7))
    sound.set(tone(frequency, 3 * 16000, i), 2 * 16000)
    return { sound, target: Float32Array.of(Number(i === 0), Number(i === 1)) }
  })
  await teacher.learnLabels(clips, [], new Random(1))
  const answers = await answersTo(
    teacher,
    examples(() => [Number.NaN, Number.NaN]),
  )
  answers.forEach(([low, high], i) => {
    if (i % 2 === 0) expect(low - high).toBeGreaterThan(0.2)
    else expect(high - low).toBeGreaterThan(0.2)
  })
})

test('what is unknown while he learns the labels is what his own labels of that name say', async () => {
  const model = await openModel(PATH)
  const clips = [300, 3000].map((frequency, i) => ({
    sound: tone(frequency, 16000, i),
    target: Float32Array.of(Number(i === 0), Number(i === 1)),
  }))
  const heardAs = async (name: string) => {
    const teacher = await Teacher.open(PATH, { ...student, labels: [name, 'unheard of'] })
    const open = examples(() => [Number.NaN, Number.NaN])
    await teacher.learnLabels(clips, await teacher.hear(open), new Random(1))
    const answers = await answersTo(teacher, open)
    const mean = (label: number) => answers.reduce((sum, scores) => sum + scores[label], 0) / answers.length
    return { name: mean(0), says: mean(2 + model.labels.indexOf(name)) }
  }
  // Tones are no speech to the model, in spite of the one clip that says so; to labels it has not the clips are all there is.
  const speech = await heardAs('speech')
  expect(speech.says).toBeLessThan(0.05)
  expect(speech.name).toBeLessThan(0.15)
  expect((await heardAs('hum')).name).toBeGreaterThan(0.3)
})

test('a teacher of another rate, or with heads, is refused', async () => {
  await expect(Teacher.open(PATH.replace('events', 'tasks'), student)).rejects.toThrow(/has heads/)
  await expect(Teacher.open(PATH, { ...student, sampleRate: 8000 })).rejects.toThrow(
    /hears 16000 Hz, the frontend 8000 Hz/,
  )
})
