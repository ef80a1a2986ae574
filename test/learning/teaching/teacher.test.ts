import { expect, test } from 'vitest'
import {
  type AdaptOptions,
  Teacher,
  type TeacherOptions,
  type TrainOptions,
} from '../../../src/learning/teaching/index.ts'

const lesson = { base: new Uint8Array(1), examples: [], learn: 'head' as const }

test('an option that a teacher does not know is refused before anything starts', async () => {
  expect(() => new Teacher({ workerURL: 'teaching.worker.js' } as TeacherOptions)).toThrow(
    /no option "workerURL"/,
  )
  const teacher = new Teacher()
  for (const refused of [
    teacher.train({ ...lesson, step: 5 } as TrainOptions),
    teacher.train({ ...lesson, onProgress: 'often' } as unknown as TrainOptions),
    teacher.train(undefined as unknown as TrainOptions),
    teacher.adapt({ base: lesson.base } as unknown as AdaptOptions),
  ])
    await expect(refused).rejects.toMatchObject({ name: 'LeafError', code: 'arguments' })
})
