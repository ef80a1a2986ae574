import { expect, test } from 'vitest'
import type { Example } from '../../../src/learning/examples/index.ts'
import { windowsOf } from '../../../src/learning/training/windows.ts'
import { GainFrontend } from '../gain-frontend.ts'
import { FRAMES, HALVES, halfBatch } from '../half-batches.ts'

const { windowFrames, channels } = HALVES
const { examples } = halfBatch(3)
const frontend = () => new GainFrontend(FRAMES)

test('features that were computed beforehand are what the sounds would have given', () => {
  const length = windowFrames * channels
  const expected = windowsOf(frontend(), examples, windowFrames)
  expect(expected).toHaveLength(examples.length * length)
  const computed = examples.map(
    ({ target }, i): Example => ({
      features: expected.slice(i * length, (i + 1) * length),
      firstFrame: 0,
      target,
    }),
  )
  expect(windowsOf(frontend(), computed, windowFrames)).toEqual(expected)
  const mixed = examples.map((example, i) => (i % 2 === 0 ? example : computed[i]))
  expect(windowsOf(frontend(), mixed, windowFrames)).toEqual(expected)
})

test('embeddings have a length of their own', () => {
  const target = Float32Array.of(1, 0)
  const embeddings = [Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)]
  const given = embeddings.map((features): Example => ({ features, firstFrame: 0, target }))
  expect([...windowsOf(frontend(), given, 1)]).toEqual([1, 2, 3, 4, 5, 6])
})
