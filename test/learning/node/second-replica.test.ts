import '@tensorflow/tfjs-backend-wasm'
import { beforeAll, expect, test } from 'vitest'
import { LeafError } from '../../../src/error.ts'
import { preset } from '../../../src/frontend/index.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { createNetwork } from '../../../src/learning/network/network.ts'
import { WorkerReplica } from '../../../src/learning/node/second-replica.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { chooseFrontend } from '../../../src/learning/training/choose-frontend.ts'
import type { ReplicaWork } from '../../../src/learning/training/replica.ts'
import { Trainer } from '../../../src/learning/training/trainer.ts'
import { windowsOf } from '../../../src/learning/training/windows.ts'
import { tone } from '../tone-folder.ts'

const SIZES = { windowFrames: 32, channels: 16, labels: 2, seed: 1 }
const SAMPLES = 160 * 36
/** Not even, so that the shares differ. */
const BATCH = 7
const MADE = {
  description: preset('leaf', { channels: SIZES.channels }),
  samples: SAMPLES,
  learn: 'all',
} as const

function batchOf(index: number) {
  const examples = Array.from({ length: BATCH }, (_, i) => {
    const random = new Random(index, i)
    const label = random.below(2)
    const sound = tone(label === 0 ? 600 : 1400, SAMPLES - 100 * i, index).map(
      (x) => x + 0.2 * random.normal(),
    )
    return { sound, firstFrame: i % 4, target: Float32Array.from([1 - label, label]) }
  })
  return { index, examples }
}

function newTrainer(second?: (work: ReplicaWork) => WorkerReplica): Trainer {
  const model = createNetwork({ ...SIZES, activation: 'linear' })
  const frontend = chooseFrontend(MADE.description, SAMPLES, MADE.learn)
  const options = { heads: [2], seed: 1, dropout: 0.2, decay: 0.02, emaDecay: 0.9, frontendRate: 1 }
  return new Trainer(frontend, model, { ...options, learn: MADE.learn }, second)
}

/** Four steps, with a look at the averages in between. */
async function trained(second?: (work: ReplicaWork) => WorkerReplica) {
  const trainer = newTrainer(second)
  const losses: number[] = []
  try {
    for (let i = 0; i < 4; i++) {
      losses.push((await trainer.step(batchOf(i), 0.003)).loss)
      if (i === 1) await trainer.withAverages(() => {})
    }
  } finally {
    await trainer.close()
  }
  return { losses, values: trainer.state.values.map((values) => values.slice()) }
}

const onThread = (work: ReplicaWork) => new WorkerReplica(work, MADE, BATCH)
const bytesOf = (arrays: readonly (Float32Array | Float64Array)[]) =>
  Buffer.concat(
    arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  )

beforeAll(prepareBackend)

test('half of a batch on a second thread learns what one thread learns but for rounding, and the same bits each time', async () => {
  const [one, two, again] = [await trained(), await trained(onThread), await trained(onThread)]
  expect(again.losses).toEqual(two.losses)
  expect(bytesOf(again.values).equals(bytesOf(two.values))).toBe(true)
  // The first loss is before anything was learned; from then on AdamW's steps magnify what is rounded in small gradients.
  expect(Math.abs(two.losses[0] / one.losses[0] - 1)).toBeLessThan(1e-6)
  two.losses.forEach((loss, i) => {
    expect(Math.abs(loss / one.losses[i] - 1)).toBeLessThan(0.01)
  })
}, 60_000)

test('features on a second thread teach the same bits as the sounds that they are of', async () => {
  // At so low a rate a window of so many channels has more numbers than a sound.
  const channels = 64
  const description = preset('leaf', { sampleRate: 4000, channels })
  const samples = 40 * 36
  const made = { description, samples, learn: 'nothing' } as const
  const frontend = chooseFrontend(description, samples, 'nothing')
  const sounds = Array.from({ length: 3 }, (_, index) => ({
    index,
    examples: batchOf(index).examples.map((example) => ({
      ...example,
      sound: example.sound.slice(0, samples),
    })),
  }))
  const features = sounds.map(({ index, examples }) => ({
    index,
    examples: examples.map((example) => ({
      features: windowsOf(frontend, [example], SIZES.windowFrames),
      firstFrame: 0 as const,
      target: example.target,
    })),
  }))
  const learned = []
  for (const batches of [sounds, features]) {
    const model = createNetwork({ ...SIZES, channels, activation: 'sigmoid' })
    const options = {
      seed: 1,
      dropout: 0.2,
      decay: 0.02,
      emaDecay: 0.9,
      learn: 'nothing',
      frontendRate: 1,
    } as const
    const trainer = new Trainer(frontend, model, options, (work) => new WorkerReplica(work, made, BATCH))
    for (const batch of batches) await trainer.step(batch, 0.003)
    learned.push(bytesOf(trainer.state.values))
    await trainer.close()
  }
  expect(learned[0].equals(learned[1])).toBe(true)
}, 60_000)

test('one example that is not a number is named, on whichever thread', async () => {
  const trainer = newTrainer(onThread)
  for (const place of [0, BATCH - 1]) {
    const { index, examples } = batchOf(0)
    const spoiled = examples.map((example, i) =>
      i === place ? { ...example, sound: example.sound.map(() => Number.POSITIVE_INFINITY) } : example,
    )
    const { culprit } = await trainer.step({ index, examples: spoiled }, 0.003)
    expect(culprit).toMatch(/frontend|filterbank/)
  }
  await trainer.close()
}, 60_000)

test('what fails on the second thread is thrown by the step that waits for it', async () => {
  // There is no such weight.
  const broken = (work: ReplicaWork) =>
    new WorkerReplica({ ...work, plan: { ...work.plan, kernel: 999 } }, MADE, BATCH)
  const trainer = newTrainer(broken)
  const failed = trainer.step(batchOf(0), 0.003)
  await expect(failed).rejects.toThrow(LeafError)
  await expect(failed).rejects.toMatchObject({ code: 'training' })
  await trainer.close()
}, 60_000)
