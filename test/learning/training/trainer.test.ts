import '@tensorflow/tfjs-backend-wasm'
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, test } from 'vitest'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { createNetwork } from '../../../src/learning/network/network.ts'
import { type Learn, Trainer } from '../../../src/learning/training/trainer.ts'
import { windowsOf } from '../../../src/learning/training/windows.ts'
import { GainFrontend } from '../gain-frontend.ts'
import { FRAMES, HALVES, HalfBatches, halfBatch, spoiled } from '../half-batches.ts'

const OPTIONS = { seed: 4, dropout: 0.3, decay: 0.02, emaDecay: 0.9, frontendRate: 2 }

function newTraining(learn: Learn, heads?: readonly number[]) {
  const frontend = new GainFrontend(FRAMES)
  const model = createNetwork({ ...HALVES, activation: heads ? 'linear' : 'sigmoid' })
  return { frontend, model, trainer: new Trainer(frontend, model, { ...OPTIONS, learn, heads }) }
}

async function train(trainer: Trainer, from: number, to: number): Promise<number[]> {
  const losses: number[] = []
  for (let i = from; i < to; i++) losses.push((await trainer.step(halfBatch(i), 0.003)).loss)
  return losses
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

beforeAll(prepareBackend)

test.each([
  ['a sigmoid for each label', undefined],
  ['a softmax of one head', [HALVES.labels]],
])('the loss falls, with %s', async (_, heads) => {
  const losses = await train(newTraining('all', heads).trainer, 0, 40)
  expect(mean(losses.slice(-10))).toBeLessThan(0.6 * mean(losses.slice(0, 10)))
})

test('goes on from its state to the very same values and averages', async () => {
  const whole = newTraining('all')
  await train(whole.trainer, 0, 8)
  const first = newTraining('all')
  await train(first.trainer, 0, 5)
  const second = newTraining('all')
  second.trainer.restore(structuredClone(first.trainer.state))
  await train(second.trainer, 5, 8)
  expect(second.trainer.state).toEqual(whole.trainer.state)
  expect(second.frontend.parameters).toEqual(whole.frontend.parameters)
})

test('model and frontend hold the averages only as long as they are asked for', async () => {
  const { trainer, model, frontend } = newTraining('all')
  await train(trainer, 0, 5)
  const held = () => [
    ...model.weights.map((weight) => weight.read().dataSync()),
    ...frontend.parameters.map(({ values }) => values.slice()),
  ]
  const { values, averages } = structuredClone(trainer.state)
  expect(averages).not.toEqual(values)
  expect(await trainer.withAverages(held)).toEqual(averages)
  expect(held()).toEqual(values)
})

/** The same network with a layer that does nothing, which the kernel does not know. */
function unknownToKernel(): Sequential {
  const [frames, level, ...others] = createNetwork({ ...HALVES, activation: 'sigmoid' }).layers
  const model = sequential()
  for (const layer of [frames, level, layers.activation({ name: 'same', activation: 'linear' }), ...others])
    model.add(layer)
  return model
}

test.each([
  ['the kernel', () => createNetwork({ ...HALVES, activation: 'sigmoid' })],
  ['TensorFlow.js', unknownToKernel],
])('normalises by what the batches are under the values as they are, in %s', async (_, newModel) => {
  const frontend = new GainFrontend(FRAMES)
  const model = newModel()
  const trainer = new Trainer(frontend, model, { ...OPTIONS, learn: 'all', unmasked: true })
  await train(trainer, 0, 3)
  const before = structuredClone(trainer.state.values)
  await trainer.estimateStatistics(new HalfBatches(7), 2)
  const [means, variances] = model
    .getLayer('level')
    .nonTrainableWeights.map((weight) => weight.read().dataSync())
  const ofBatches = [7, 8].map((index) => windowsOf(frontend, halfBatch(index).examples, HALVES.windowFrames))
  for (let n = 0; n < HALVES.channels; n++) {
    const rows = ofBatches.map((windows) => [...windows.filter((_, i) => i % HALVES.channels === n)])
    const variance = (row: number[]) => mean(row.map((value) => value ** 2)) - mean(row) ** 2
    expect(means[n]).toBeCloseTo(mean(rows.map(mean)), 4)
    expect(variances[n]).toBeCloseTo(mean(rows.map(variance)), 4)
  }
  // Mean and variance of five normalisations, and nothing else.
  const changed = trainer.state.values.filter((values, i) =>
    values.some((value, j) => value !== before[i][j]),
  )
  expect(changed).toHaveLength(2 * 5)
})

describe('of the frontend is learned', () => {
  const moved = async (learn: Learn) => {
    const { frontend, trainer } = newTraining(learn)
    await train(trainer, 0, 3)
    const fresh = new GainFrontend(FRAMES)
    return frontend.parameters.map(({ values }, i) =>
      values.every((value, j) => value !== fresh.parameters[i].values[j]),
    )
  }

  test('all, the compression, or nothing', async () => {
    expect(await moved('all')).toEqual([true, true])
    expect(await moved('compression')).toEqual([false, true])
    expect(await moved('nothing')).toEqual([false, false])
  })

  test('every number in steps of its own unit, times the rate of the frontend', async () => {
    const { frontend, trainer } = newTraining('all')
    await trainer.step(halfBatch(0), 0.003)
    for (const [i, start] of [1, 0].entries()) {
      const { values, steps } = frontend.parameters[i]
      values.forEach((value, j) => {
        expect(Math.abs(value - start) / (0.003 * OPTIONS.frontendRate * steps[j])).toBeCloseTo(1, 2)
      })
    }
  })

  test('by gradients per natural step, so that one length can bound them all', async () => {
    const { frontend, trainer } = newTraining('all')
    frontend.backward = () => [new Float64Array(16).fill(0.01), new Float64Array(16).fill(-0.02)]
    await trainer.step(halfBatch(0), 0.003)
    const [gains, shifts] = trainer.state.optimiser.means.slice(-2)
    frontend.parameters[0].steps.forEach((step, i) => {
      expect(gains[i]).toBeCloseTo(0.1 * 0.01 * step, 9)
      expect(shifts[i]).toBeCloseTo(0.1 * -0.02 * step, 9)
    })
  })

  test('within its bounds', async () => {
    const { frontend, trainer } = newTraining('all')
    for (let i = 0; i < 4; i++) await trainer.step(halfBatch(i), 1)
    const gains = [...frontend.parameters[0].values]
    expect(Math.max(...gains)).toBe(2)
    expect(Math.min(...gains)).toBe(0.5)
  })

  test('only by what the classifier has seen: its window, less the mask', async () => {
    const { frontend, trainer } = newTraining('all')
    const batch = halfBatch(0)
    await trainer.step(batch, 0.003)
    const { windowFrames, channels } = HALVES
    batch.examples.forEach(({ firstFrame }, i) => {
      const frames = Array.from({ length: FRAMES }, (_, frame) =>
        frontend.received.subarray((i * FRAMES + frame) * channels, (i * FRAMES + frame + 1) * channels),
      )
      const seen = frames.slice(firstFrame, firstFrame + windowFrames)
      const unseen = [...frames.slice(0, firstFrame), ...frames.slice(firstFrame + windowFrames)]
      expect(unseen.every((frame) => frame.every((value) => value === 0))).toBe(true)
      // A mask is of less than a fifth of either axis.
      const counted = seen.map((frame) => frame.filter((value) => value !== 0).length)
      expect(counted.filter((count) => count > 0.75 * channels).length).toBeGreaterThan(0.75 * windowFrames)
    })
    const zeros = frontend.received.filter((value) => value === 0).length
    const unseen = batch.examples.length * (FRAMES - windowFrames) * channels
    expect(zeros).toBeGreaterThan(unseen)
  })
})

test('unmasked, every number of the window is learned from', async () => {
  const frontend = new GainFrontend(FRAMES)
  const model = createNetwork({ ...HALVES, activation: 'sigmoid' })
  const trainer = new Trainer(frontend, model, { ...OPTIONS, learn: 'all', unmasked: true })
  const batch = halfBatch(0)
  await trainer.step(batch, 0.003)
  const counted = frontend.received.filter((value) => value !== 0).length
  expect(counted).toBe(batch.examples.length * HALVES.windowFrames * HALVES.channels)
})

describe('what is not a number', () => {
  test('in a sound changes nothing, and is named', async () => {
    const { trainer, model, frontend } = newTraining('all')
    await train(trainer, 0, 3)
    const before = structuredClone(trainer.state)
    expect((await trainer.step(spoiled(halfBatch(3)), 0.003)).culprit).toBe('output of the frontend')
    expect(trainer.state).toEqual(before)
    const held = [
      ...model.weights.map((weight) => weight.read().dataSync()),
      ...frontend.parameters.map(({ values }) => values),
    ]
    expect(held).toEqual(before.values)
    expect((await trainer.step(halfBatch(4), 0.003)).culprit).toBe(undefined)
  })

  test('in the running statistics changes nothing, and is named', async () => {
    const { trainer } = newTraining('nothing')
    const before = structuredClone(trainer.state)
    const { index, examples } = halfBatch(0)
    const loud = examples.map((example) => ({ ...example, sound: example.sound.map((x) => 1e25 * x) }))
    expect((await trainer.step({ index, examples: loud }, 0.003)).culprit).toMatch('level/moving_variance')
    expect(trainer.state).toEqual(before)
  })

  test("in the frontend's gradient changes nothing, and is named", async () => {
    const { trainer, frontend } = newTraining('all')
    const before = structuredClone(trainer.state)
    const batch = halfBatch(0)
    frontend.backward = () => [new Float64Array(16), new Float64Array(16).fill(Number.NaN)]
    expect((await trainer.step(batch, 0.003)).culprit).toBe('gradient of compression.shift')
    expect(trainer.state).toEqual(before)
  })
})
