import '@tensorflow/tfjs-backend-wasm'
import { ready, setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { Batch } from '../../src/learning/batch-maker.ts'
import { createNetwork } from '../../src/learning/network.ts'
import { Random } from '../../src/learning/random.ts'
import { Trainer } from '../../src/learning/trainer.ts'
import { registerTrainingKernels } from '../../src/learning/training-kernels.ts'

const SIZES = { windowFrames: 32, channels: 16, labels: 2, seed: 4 }
const OPTIONS = { seed: 4, dropout: 0.3, decay: 0.02, averaging: 0.9 }

const newTrainer = () => new Trainer(createNetwork(SIZES), OPTIONS)

/** Windows whose first or second half is louder; the label is which. */
function batch(index: number): Batch {
  const random = new Random(index)
  const [size, length] = [6, SIZES.windowFrames * SIZES.channels]
  const features = Float32Array.from({ length: size * length }, () => random.normal())
  const targets = new Float32Array(size * 2)
  for (let i = 0; i < size; i++) {
    targets[2 * i + (i % 2)] = 1
    const from = i * length + ((i % 2) * length) / 2
    for (let j = from; j < from + length / 2; j++) features[j] *= 3
  }
  return { index, features, targets }
}

function train(trainer: Trainer, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => trainer.step(batch(from + i), 0.003))
}

beforeAll(async () => {
  await setBackend('wasm')
  await ready()
  registerTrainingKernels()
})

test('the loss falls', () => {
  const losses = train(newTrainer(), 0, 40)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  expect(mean(losses.slice(-10))).toBeLessThan(0.6 * mean(losses.slice(0, 10)))
})

test('goes on from its state to the very same weights and averages', () => {
  const whole = newTrainer()
  train(whole, 0, 8)
  const first = newTrainer()
  train(first, 0, 5)
  const second = newTrainer()
  second.restore(structuredClone(first.state))
  train(second, 5, 8)
  expect(second.state).toEqual(whole.state)
})

test('the model holds the averages only as long as they are asked for', () => {
  const model = createNetwork(SIZES)
  const trainer = new Trainer(model, OPTIONS)
  train(trainer, 0, 5)
  const held = () => model.weights.map((weight) => weight.read().dataSync())
  const { weights, averages } = trainer.state
  expect(averages).not.toEqual(weights)
  expect(trainer.withAverages(held)).toEqual(averages)
  expect(held()).toEqual(weights)
})
