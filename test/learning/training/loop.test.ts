import '@tensorflow/tfjs-backend-wasm'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { createNetwork } from '../../../src/learning/network/network.ts'
import { Trainer } from '../../../src/learning/training/trainer.ts'
import { type TrainingProgress, type TrainingState, train } from '../../../src/learning/training/training.ts'
import { GainFrontend } from '../gain-frontend.ts'
import { FRAMES, HALVES, HalfBatches, spoiled } from '../half-batches.ts'

const OPTIONS = { steps: 20, rate: 0.003, check: 4, patience: 3 }

function newTrainer(): Trainer {
  const model = createNetwork({ ...HALVES, activation: 'linear' })
  const options = {
    heads: [HALVES.labels],
    seed: 4,
    dropout: 0.3,
    decay: 0.02,
    emaDecay: 0.9,
    frontendRate: 1,
  }
  return new Trainer(new GainFrontend(FRAMES), model, { ...options, learn: 'all' })
}

/** Batches of which those in `bad` are spoiled. */
class SomeSpoiled extends HalfBatches {
  readonly bad: (index: number) => boolean

  constructor(bad: (index: number) => boolean) {
    super(0)
    this.bad = bad
  }

  override async take() {
    const batch = await super.take()
    return this.bad(batch.index) ? spoiled(batch) : batch
  }
}

beforeAll(prepareBackend)

test('tells loss, rate, time left and the score after each check', async () => {
  const told: TrainingProgress[] = []
  const batches = new HalfBatches(0)
  let score = 0
  await train(
    { trainer: newTrainer(), batches, score: () => ++score, onProgress: (progress) => told.push(progress) },
    OPTIONS,
  )
  expect(told.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  expect(told.flatMap(({ valid }) => valid ?? [])).toEqual([1, 2, 3, 4, 5])
  expect(told[19].secondsLeft).toBe(0)
  expect(told[18].secondsLeft).toBeGreaterThan(0)
  expect(told[19].rate).toBeLessThan(told[3].rate)
  expect(told[19].loss).toBeLessThan(told[3].loss)
  expect(batches.isClosed).toBe(true)
})

test('what the first batch waits for a teacher is no time of a step', async () => {
  class Late extends HalfBatches {
    override async take() {
      const batch = await super.take()
      if (batch.index === 0) vi.advanceTimersByTime(3_600_000)
      else vi.advanceTimersByTime(1000)
      return batch
    }
  }
  const told: TrainingProgress[] = []
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    await train(
      { trainer: newTrainer(), batches: new Late(0), score: () => 1, onProgress: (one) => told.push(one) },
      { ...OPTIONS, steps: 8 },
    )
  } finally {
    vi.useRealTimers()
  }
  // Two seconds for three steps, and five to come; behind a check three for three, and one to come.
  expect(told[2].secondsLeft).toBeCloseTo((5 * 2) / 3, 6)
  expect(told[6].secondsLeft).toBeCloseTo(1, 6)
})

test('stops when valid has not become better for long, with the best averages', async () => {
  const scores = [0.2, 0.6, 0.5, 0.4, 0.3]
  const states: TrainingState[] = []
  const trainer = newTrainer()
  const best = await train(
    {
      trainer,
      batches: new HalfBatches(0),
      score: () => scores[states.length],
      save: (state) => states.push(structuredClone(state)),
    },
    { ...OPTIONS, steps: 400 },
  )
  expect(states.map(({ step }) => step)).toEqual([4, 8, 12, 16, 20])
  expect(best).toEqual({ score: 0.6, step: 8, values: states[1].trainer.averages })
})

test('goes on from what was saved to the very same values', async () => {
  const states: TrainingState[] = []
  const parts = { score: () => 1, save: (state: TrainingState) => states.push(structuredClone(state)) }
  const whole = newTrainer()
  await train({ ...parts, trainer: whole, batches: new HalfBatches(0) }, OPTIONS)
  const resumed = states[2]
  const second = newTrainer()
  const best = await train({ ...parts, trainer: second, batches: new HalfBatches(12), resumed }, OPTIONS)
  expect(second.state).toEqual(whole.state)
  expect(best.values).toEqual(whole.state.averages)
})

test('once stopped, measures the step that was under way, and ends', async () => {
  const stop = new AbortController()
  const told: TrainingProgress[] = []
  class Stopping extends HalfBatches {
    override async take() {
      const batch = await super.take()
      if (batch.index === 5) stop.abort()
      return batch
    }
  }
  const parts = { trainer: newTrainer(), score: () => told.length, stop: stop.signal }
  const onProgress = (progress: TrainingProgress) => told.push(progress)
  const best = await train({ ...parts, batches: new Stopping(0), onProgress }, OPTIONS)
  expect(told.map(({ valid }) => valid !== undefined)).toEqual([false, false, false, true, false, true])
  expect(best).toMatchObject({ step: 6, score: 5 })
  const none = await train({ ...parts, batches: new HalfBatches(6) }, OPTIONS)
  expect(none).toMatchObject({ step: 0, values: [] })
})

describe('a batch that gives no number', () => {
  test('is left out and counted', async () => {
    const told: TrainingProgress[] = []
    const trainer = newTrainer()
    const batches = new SomeSpoiled((index) => index % 3 === 1)
    await train({ trainer, batches, score: () => 1, onProgress: (progress) => told.push(progress) }, OPTIONS)
    expect(told[19].leftOut).toBe(7)
    expect(told.every(({ loss, valid }) => valid === undefined || Number.isFinite(loss))).toBe(true)
    expect(trainer.state.values.every((values) => values.every(Number.isFinite))).toBe(true)
  })

  test('ten times in a row ends the training, named', async () => {
    const batches = new SomeSpoiled((index) => index >= 5)
    const ended = train({ trainer: newTrainer(), batches, score: () => 1 }, OPTIONS)
    await expect(ended).rejects.toThrow('At step 15 the output of the frontend is not a finite number')
    expect(batches.isClosed).toBe(true)
  })
})

test('the loop and all that it imports run without Node', () => {
  const folder = new URL('../../../src/learning/', import.meta.url)
  const seen = new Set<string>()
  const follow = (url: URL) => {
    if (seen.has(url.href) || !url.href.startsWith(folder.href)) return
    seen.add(url.href)
    const source = readFileSync(url, 'utf8').replaceAll(/^import type .*$/gm, '')
    expect(source, url.href).not.toMatch(/from 'node:/)
    for (const [, next] of source.matchAll(/from '(\.[^']+)'/g)) follow(new URL(next, url))
  }
  const entries = ['training/training.ts', 'training/trainer.ts', 'backend.ts', 'network/network.ts']
  for (const file of entries) follow(new URL(file, folder))
  expect(seen.size).toBeGreaterThan(8)
})
