import { expect, test } from 'vitest'
import { taskClip } from './fixtures/task-clip.ts'
import { raise } from './raise.ts'
import { type TaskExampleOptions, TaskExamples } from './task-examples.ts'
import { TestSounds } from './test-windows.ts'

const square = (amplitude: number, offset = 0) =>
  Float32Array.from({ length: 1000 }, (_, i) => offset + (i % 2 === 0 ? amplitude : -amplitude))

test('a loud crop comes to a deviation of 5.6, a quiet one gets 30 dB, silence stays', () => {
  const raised = (crop: Float32Array) => {
    raise(crop)
    return crop
  }
  // −15 dBFS is 0.178.
  expect(raised(square(0.5))[0]).toBeCloseTo(5.6, 5)
  expect(raised(square(0.5, 0.25))[0]).toBeCloseTo(0.75 * 11.2, 5)
  expect(raised(square(0.01))[0]).toBeCloseTo(0.01 * 10 ** 1.5, 6)
  expect(raised(new Float32Array(10))).toEqual(new Float32Array(10))
})

test('crops to learn from and windows to be tested on are raised with their noise, each by itself', () => {
  const clip = taskClip(
    0,
    Float32Array.from({ length: 40000 }, (_, i) => (i < 16000 ? 0.01 : 0.5) * Math.sin(i)),
  )
  const options: TaskExampleOptions = {
    ...{ seed: 3, sampleRate: 16000, samples: 16000, firstFrame: 2, labels: 1, firstLabel: 0 },
    ...{ gainDb: 6, narrowChance: 0, floorDb: [-80, -60] },
  }
  const expected = (crop: Float32Array) => {
    const copy = crop.slice()
    raise(copy)
    return copy
  }
  for (let i = 0; i < 4; i++) {
    const [plain, raised] = [undefined, true as const].map(
      (raised) => new TaskExamples([clip], { ...options, raised }).make(i).sound,
    )
    expect(raised).toEqual(expected(plain))
  }
  const [plain, raised] = [undefined, true as const].map((raised) =>
    new TestSounds({ ...options, raised }).windows(clip, 0, -12),
  )
  expect(plain).toHaveLength(3)
  expect(raised).toEqual(plain.map(expected))
})
