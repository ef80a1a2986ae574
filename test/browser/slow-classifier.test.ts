import { expect, test } from 'vitest'
import { tinyModel, tinyScores } from '../model/tiny-model.ts'
import { HOP, openLab, WINDOW } from './classifier/lab.ts'
import { frame } from './classifier/signal.ts'

const SEEDS = [12, 4]
const lab = openLab()

test.each([
  ['drops windows and answers', 'isolated', 0],
  // Here frames and questions come by one way, the frames first.
  ['drops windows and answers, and is not taken for dead', 'plain', 11_000],
] as const)('a model slower than its hop %s, on a page that is %s', async (_, server, least) => {
  await lab.open(server)
  const seen = await lab.page.evaluate(async (least) => {
    const { lab } = window
    await lab.start({ seed: 1, slow: true, backends: ['cpu'] })
    const end = lab.stream()
    // Until its queue has run over and an event began, and for longer than a worker without an answer is borne.
    const enough = performance.now() + least
    const begun = () => lab.log.some(({ type }) => type === 'onset')
    let before = await lab.metrics()
    while (performance.now() < enough || before.queueDropped === 0 || !begun()) {
      await new Promise((done) => setTimeout(done, 500))
      before = await lab.metrics()
    }
    const windows = {
      metrics: await lab.during(() => lab.metrics()),
      threshold: await lab.during(() => lab.setThreshold('hum', 1)),
      dispose: await lab.during(() => lab.dispose()),
    }
    const frames = end()
    return { before, windows, frames, after: await lab.metrics() }
  }, least)
  expect(seen.before.restarts).toBe(0)
  expect(seen.before.inferences).toBeGreaterThan(0)
  expect(seen.before.queueDropped).toBeGreaterThan(0)
  // The one in hand, and one more that may have begun before the question came.
  for (const windows of Object.values(seen.windows)) expect(windows).toBeLessThanOrEqual(2)
  expect(await lab.logged('restart')).toEqual([])
  expect(await lab.logged('error')).toEqual([])
  expect((await lab.logged('scores')).length).toBe(seen.after.inferences)
  // Which windows are dropped is a matter of time, and with them how often a sound seems to begin.
  const labels = async (type: 'onset' | 'event') => (await lab.logged(type)).map(({ label }) => label).sort()
  expect(await labels('event')).toEqual(await labels('onset'))
})

test.each(['isolated', 'plain'] as const)(
  'models swapped one after the other score every window once, on a page that is %s',
  async (server) => {
    await lab.open(server)
    const seen = await lab.page.evaluate(async (seeds) => {
      const { lab } = window
      await lab.start({ seed: seeds[0], backends: ['wasm'] })
      const end = lab.stream()
      for (let swaps = 1; swaps <= 6; swaps++) await lab.swap({ seed: seeds[swaps % 2], backends: ['wasm'] })
      const frames = end()
      const complete = () => lab.log.some(({ detail }) => (detail.end as number) >= (frames - 2) / 100)
      while (!complete()) await new Promise((done) => setTimeout(done, 10))
      return { frames, metrics: await lab.metrics() }
    }, SEEDS)
    const scores = (await lab.logged('scores')) as { end: number; values: number[] }[]
    const firsts = scores.map(({ end }) => Math.round(end * 100) - WINDOW + 1)
    for (let i = 1; i < firsts.length; i++) expect(firsts[i]).toBeGreaterThan(firsts[i - 1])
    expect(firsts.length + seen.metrics.queueDropped!).toBe((firsts.at(-1)! - firsts[0]) / HOP + 1)
    const models = scores.map(({ values }, i) => SEEDS.findIndex((seed) => isOf(seed, firsts[i], values)))
    expect(models).not.toContain(-1)
    const changes = models.filter((model, i) => i > 0 && model !== models[i - 1]).length
    expect(changes).toBeGreaterThanOrEqual(4)
  },
)

/** Whether a model gives these scores for the window that begins with a frame. */
function isOf(seed: number, first: number, values: number[]): boolean {
  const window = Float32Array.from(Array.from({ length: WINDOW }, (_, i) => frame(first + i)).flat())
  const wanted = tinyScores(tinyModel(seed), window)
  return values.every((value, label) => Math.abs(value - wanted[label]) < 1e-4)
}
