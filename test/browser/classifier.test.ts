import { describe, expect, test } from 'vitest'
import { EventDecoder } from '../../src/events/index.ts'
import { stepSeconds } from '../../src/inference/index.ts'
import { selectHeads } from '../../src/model/index.ts'
import { headedModel, tinyModel, tinyScores } from '../model/tiny-model.ts'
import { HOP, openLab, WINDOW } from './classifier/lab.ts'
import type { LabOptions, Logged } from './classifier/main.ts'
import { frame } from './classifier/signal.ts'

/** A model of which one label comes and goes with the loudness of the frames. */
const SEED = 12
const OTHER_SEED = 4
/** With heads: a label of the second comes and goes. */
const HEADED_SEED = 10

const lab = openLab()
const start = (options: LabOptions) => lab.page.evaluate((given) => window.lab.start(given), options)
const swap = (options: LabOptions) => lab.page.evaluate((given) => window.lab.swap(given), options)
const metrics = () => lab.page.evaluate(() => window.lab.metrics())

async function waitFor(type: Logged['type'], count: number): Promise<void> {
  await lab.page.waitForFunction(
    (wanted) => window.lab.log.filter((entry) => entry.type === wanted.type).length >= wanted.count,
    { type, count },
  )
}

/** Feeds frames window by window, each once the one before is scored: nothing is dropped. */
async function feed(from: number, to: number): Promise<void> {
  await lab.page.evaluate(
    async ({ from, to, hop, window: windowFrames }) => {
      const { lab } = window
      const scored = () => lab.log.filter(({ type }) => type === 'scores').length
      const before = scored()
      for (let i = from; i < to; i += hop) {
        lab.feed(i, Math.min(i + hop, to))
        const complete = Math.max(0, (i + hop - from - windowFrames) / hop + 1)
        while (scored() < before + complete) await new Promise((done) => setTimeout(done, 1))
      }
    },
    { from, to, hop: HOP, window: WINDOW },
  )
}

/** What the scores and events have to be, from the model's equations. */
function expected(seed: number, from: number, to: number, heads?: string[]) {
  const model = heads ? selectHeads(headedModel(seed), heads) : tinyModel(seed)
  const decoder = new EventDecoder(model.labels, model.decoding, stepSeconds(model), model.heads)
  const scores: { center: number; end: number; values: number[] }[] = []
  const onsets: unknown[] = []
  const events: unknown[] = []
  for (let first = from; first + WINDOW <= to; first += HOP) {
    const window = Float32Array.from(Array.from({ length: WINDOW }, (_, i) => frame(first + i)).flat())
    const values = Array.from(tinyScores(model, window))
    const center = (first / 100 + (first + WINDOW - 1) / 100) / 2
    scores.push({ center, end: (first + WINDOW - 1) / 100, values })
    events.push(...decoder.push(center, values))
    onsets.push(...decoder.onsets)
  }
  events.push(...decoder.finish(scores.at(-1)!.center))
  return { scores, onsets, events }
}

/** Compares numbers to within 1e-4, everything else exactly. */
function expectClose(actual: unknown, wanted: unknown): void {
  const shape = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shape)
    if (typeof value === 'number') return expect.closeTo(value, 4)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shape(entry)]))
  }
  expect(actual).toEqual(shape(wanted))
}

describe.each(['isolated', 'plain'] as const)('on a page that is %s', (server) => {
  test('frames become the scores and events of the equations, on the clock of the frames', async () => {
    await lab.open(server)
    expect(await start({ seed: SEED })).toBeNull()
    await feed(0, 600)
    await lab.page.evaluate(() => window.lab.dispose())
    const wanted = expected(SEED, 0, 600)
    expect(wanted.events.length).toBe(4)
    expectClose(await lab.logged('scores'), wanted.scores)
    expectClose(await lab.logged('onset'), wanted.onsets)
    expectClose(await lab.logged('event'), wanted.events)
    expect(await lab.logged('error')).toEqual([])
  })

  test('a flood of frames is dropped but for the newest windows, and counted', async () => {
    await lab.open(server)
    await start({ seed: SEED, backends: ['cpu'] })
    await lab.page.evaluate(() => window.lab.feed(0, 1000))
    await lab.page.waitForFunction(() => window.lab.log.some(({ detail }) => detail.end === 9.99))
    const { inferences, queueDropped, queue } = await metrics()
    expect(queue).toBe(0)
    expect(inferences! + queueDropped!).toBe((1000 - WINDOW) / HOP + 1)
    expect(queueDropped).toBeGreaterThan(0)
    expect((await lab.logged('scores')).length).toBe(inferences)
    const ends = (await lab.logged('scores')).slice(-8).map(({ end }) => end)
    expectClose(ends, [9.85, 9.87, 9.89, 9.91, 9.93, 9.95, 9.97, 9.99])
  })

  test('a model is swapped while frames come: the old one goes on until the new one scores', async () => {
    await lab.open(server)
    await start({ seed: SEED })
    const swapped = swap({ seed: OTHER_SEED })
    await lab.page.evaluate(async () => {
      const backends = () => window.lab.log.filter(({ type }) => type === 'backend').length
      for (let i = 0, after = 0; after < 20; i += 2) {
        window.lab.feed(i, i + 2)
        if (backends() === 2) after += 1
        // As fast as sound comes: faster, the queue may run over while one worker hands over to the other.
        await new Promise((done) => setTimeout(done, 20))
      }
    })
    expect(await swapped).toBeNull()
    await lab.page.evaluate(() => window.lab.dispose())
    const scores = (await lab.logged('scores')) as { end: number; values: number[] }[]
    /** Which model the scores of a window are. */
    const models = scores.map(({ end, values }) => {
      const first = Math.round(end * 100) - WINDOW + 1
      const seeds = [SEED, OTHER_SEED].filter((seed) => {
        const wanted = expected(seed, first, first + WINDOW).scores[0].values
        return wanted.every((value, label) => Math.abs(value - values[label]) < 1e-4)
      })
      expect(seeds.length).toBe(1)
      return seeds[0]
    })
    expect(models[0]).toBe(SEED)
    expect(models.at(-1)).toBe(OTHER_SEED)
    const lastOld = scores[models.lastIndexOf(SEED)].end
    const firstNew = scores[models.indexOf(OTHER_SEED)].end
    expect(firstNew).toBeLessThanOrEqual(lastOld + 1.5 * (HOP / 100))
    expect((await metrics()).restarts).toBe(0)
    expect(await lab.page.evaluate(() => window.lab.closedOutlets())).toEqual([true, true])
  })
})

describe('a model with heads', () => {
  test('scores those that were asked for, says them with each event, and keeps to them when it restarts', async () => {
    await lab.open()
    const heads = ['place']
    expect(await start({ seed: HEADED_SEED, heads, backends: ['wasm'], breakable: true })).toBeNull()
    await feed(0, 600)
    const wanted = expected(HEADED_SEED, 0, 600, heads)
    expectClose(await lab.logged('scores'), wanted.scores)
    expectClose(await lab.logged('onset'), wanted.onsets)
    expect(wanted.onsets.length).toBe(6)
    for (const event of await lab.logged('event')) expect(event.head).toBe('place')
    await lab.page.evaluate(() => window.lab.break('throw'))
    await waitFor('backend', 2)
    const before = (await lab.logged('scores')).length
    await feed(1000, 1020)
    expectClose((await lab.logged('scores')).slice(before), expected(HEADED_SEED, 1000, 1020, heads).scores)
  })

  test('that has not the one that was asked for is refused, and a swap to another heads it anew', async () => {
    await lab.open()
    await start({ seed: HEADED_SEED, backends: ['wasm'] })
    const error = await swap({ seed: HEADED_SEED, heads: ['pitch'] })
    expect(error).toEqual({
      code: 'arguments',
      message: expect.stringMatching(/no head "pitch". Name some of sound, place/),
    })
    expect(await swap({ seed: HEADED_SEED, heads: ['place', 'sound'] })).toBeNull()
    await feed(0, 20)
    expectClose(await lab.logged('scores'), expected(HEADED_SEED, 0, 20, ['place', 'sound']).scores)
  })
})

describe('the choice of a backend', () => {
  test('is reported with every attempt and its reason', async () => {
    await lab.open()
    await start({ seed: SEED, backends: ['wasm', 'cpu'] })
    expect(await lab.logged('backend')).toEqual([
      {
        backend: 'wasm',
        attempts: [{ backend: 'wasm', accepted: true, reason: 'its scores for the probe are right' }],
      },
    ])
    expect((await metrics()).backend).toBe('wasm')
  })

  test('takes WebGPU first where it is asked for, with the same scores', async () => {
    await lab.open()
    expect(await start({ seed: SEED, backends: ['webgpu', 'wasm', 'cpu'] })).toBeNull()
    await feed(0, 20)
    expect((await metrics()).backend).toBe('webgpu')
    expectClose(await lab.logged('scores'), expected(SEED, 0, 20).scores)
  })

  test('passes by a WebGPU that is computed in software, and says so', async () => {
    await lab.open()
    await start({ seed: SEED })
    expect(await lab.logged('backend')).toEqual([
      {
        backend: 'wasm',
        attempts: [
          { backend: 'webgpu', accepted: false, reason: 'it is computed in software here' },
          { backend: 'wasm', accepted: true, reason: 'its scores for the probe are right' },
        ],
      },
    ])
  })

  test('goes on to the next when one does not start', async () => {
    await lab.open()
    await start({ seed: SEED, wasmPath: `${lab.page.url()}nowhere/`, backends: ['wasm', 'cpu'] })
    const [{ backend, attempts }] = await lab.logged('backend')
    expect(backend).toBe('cpu')
    expect(attempts).toEqual([
      {
        backend: 'wasm',
        accepted: false,
        reason: `it did not start, the console says more; its binary is looked for at ${lab.page.url()}nowhere/tfjs-backend-wasm-simd.wasm: serve it there, or pass its folder as wasmPath`,
      },
      { backend: 'cpu', accepted: true, reason: 'its scores for the probe are right' },
    ])
  })

  test('ends in an error that tells of every backend when the probe is wrong on all', async () => {
    await lab.open()
    const error = await start({ seed: SEED, spoilt: 'probe', backends: ['webgpu', 'wasm', 'cpu'] })
    expect(error?.code).toBe('classifier')
    for (const backend of ['webgpu', 'wasm', 'cpu']) {
      expect(error?.message).toContain(`${backend}: its scores for the probe are off by 0.01`)
    }
  })
})

describe('a worker that breaks', () => {
  test.each([
    ['throw', 'isolated', /broken on purpose/],
    ['throw', 'plain', /broken on purpose/],
    ['close', 'plain', /no longer answers/],
  ] as const)(
    'by %s on a page that is %s is started again, says so, and scores again',
    async (how, server, reason) => {
      await lab.open(server)
      await start({ seed: SEED, backends: ['wasm'], breakable: true })
      await feed(0, 60)
      await lab.page.evaluate((given) => window.lab.break(given), how)
      await waitFor('backend', 2)
      expect(await lab.logged('restart')).toEqual([{ reason: expect.stringMatching(reason), restarts: 1 }])
      const before = (await lab.logged('scores')).length
      await feed(1000, 1020)
      expectClose((await lab.logged('scores')).slice(before), expected(SEED, 1000, 1020).scores)
      const numbers = await metrics()
      expect(numbers.restarts).toBe(1)
      expect(numbers.backend).toBe('wasm')
    },
  )

  test('ends the events it left running', async () => {
    await lab.open()
    await start({ seed: SEED, backends: ['wasm'], breakable: true })
    await feed(0, 60)
    const onsets = await lab.logged('onset')
    expect(onsets.length).toBe(2)
    expect(await lab.logged('event')).toEqual([])
    await lab.page.evaluate(() => window.lab.break('throw'))
    await waitFor('event', 2)
    const { end } = (await lab.logged('scores')).at(-1)!
    expect(await lab.logged('event')).toEqual(onsets.map((onset) => ({ ...onset, end })))
  })

  test('by losing its graphics device goes on without WebGPU', async () => {
    await lab.open()
    await start({ seed: SEED, backends: ['webgpu', 'wasm'], breakable: true })
    await feed(0, 20)
    await lab.page.evaluate(() => window.lab.break('lose-device'))
    await waitFor('backend', 2)
    expect((await lab.logged('backend')).map(({ backend }) => backend)).toEqual(['webgpu', 'wasm'])
    expect(await lab.logged('restart')).toEqual([
      { reason: expect.stringMatching(/the graphics device was lost/), restarts: 1 },
    ])
    const before = (await lab.logged('scores')).length
    await feed(1000, 1020)
    expectClose((await lab.logged('scores')).slice(before), expected(SEED, 1000, 1020).scores)
  })

  test('again and again is given up with an error', async () => {
    await lab.open()
    await start({ seed: SEED, backends: ['cpu'], breakable: true })
    for (let count = 1; count <= 6; count++) {
      await waitFor('backend', count)
      await lab.page.evaluate(() => window.lab.break('throw'))
    }
    await waitFor('error', 1)
    expect((await lab.logged('restart')).length).toBe(5)
    expect(JSON.stringify(await lab.logged('error'))).toContain('failed 6 times within a minute')
  })
})

describe('a wait', () => {
  test('for a worker that never answers ends by its deadline, in a sentence', async () => {
    await lab.open()
    const error = await start({ seed: SEED, silent: true, readySeconds: 0.5 })
    expect(error).toEqual({
      code: 'classifier',
      message: expect.stringContaining('was not ready after 0.5 s'),
    })
  })

  test('for a model that gets ready can be given up, and the one in use goes on', async () => {
    await lab.open()
    await start({ seed: SEED, backends: ['wasm'] })
    await feed(0, 20)
    const before = (await lab.logged('scores')).length
    const reason = await lab.page.evaluate(() => window.lab.swapGivenUp({ seed: 4 }))
    expect(reason).toBe('enough')
    await feed(20, 40)
    const scores = await lab.logged('scores')
    expect(scores.length).toBeGreaterThan(before)
    expectClose(scores, expected(SEED, 0, 40).scores.slice(0, scores.length))
    expect((await lab.logged('backend')).length).toBe(1)
  })
})

describe('what cannot be used is refused', () => {
  test.each(['isolated', 'plain'] as const)(
    'a swap to a bad model on a page that is %s leaves the one in use at work',
    async (server) => {
      await lab.open(server)
      await start({ seed: SEED, backends: ['wasm'] })
      await feed(0, 20)
      expect((await swap({ seed: OTHER_SEED, spoilt: 'weights' }))?.message).toMatch(/gave NaN as a score/)
      await feed(20, 40)
      expect((await lab.logged('scores')).length).toBeGreaterThan(expected(SEED, 0, 20).scores.length)
      expect(await lab.page.evaluate(() => window.lab.closedOutlets())).toEqual([false, true])
    },
  )

  test('frames of another kind', async () => {
    await lab.open()
    const error = await start({ seed: SEED, channels: 5, backends: ['cpu'] })
    expect(error).toEqual({
      code: 'classifier',
      message: expect.stringMatching(/The frames have 5 channels, the model takes 4/),
    })
  })

  test('a worker that is not there', async () => {
    await lab.open()
    const error = await start({ seed: SEED, workerUrl: '/nowhere.js' })
    expect(error?.code).toBe('classifier')
    expect(error?.message).toMatch(/worker could not start: its script could not be loaded.*workerUrl/)
  })
})
