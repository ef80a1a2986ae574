import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Logged } from './classifier/main.ts'
import { builtPage, launchBrowser, type ServedPage, servePage } from './harness.ts'
import { KeptPage } from './kept-page.ts'

/** Models of which labels come and go with the loudness of the frames: loud in the first second, then not. */
const SEED = 12
const HEADED_SEED = 10

let server: ServedPage
let browser: Browser
let kept: KeptPage
let page: Page

beforeAll(async () => {
  server = await servePage(await builtPage('test/browser/classifier'))
  browser = await launchBrowser()
  kept = new KeptPage(browser)
})

beforeEach(async () => {
  page = await kept.load(server.url)
  await page.waitForFunction(() => window.lab !== undefined)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const setThreshold = (label: string, value: number, head?: string) =>
  page.evaluate((given) => window.lab.setThreshold(...given), [label, value, head] as const)

/** Feeds frames and waits until all their windows are scored. */
async function feed(from: number, to: number): Promise<void> {
  await page.evaluate(
    async ({ from, to }) => {
      const { lab } = window
      for (let i = from; i < to; i += 2) {
        lab.feed(i, i + 2)
        const end = (i + 1) / 100
        while (i - from >= 6 && lab.log.findLast(({ type }) => type === 'scores')?.detail.end !== end)
          await new Promise((done) => setTimeout(done, 1))
      }
    },
    { from, to },
  )
}

async function logged(type: Logged['type']): Promise<Record<string, unknown>[]> {
  const log = await page.evaluate(() => window.lab.log)
  return log.filter((entry) => entry.type === type).map(({ detail }) => detail)
}

const labelsOf = (entries: Record<string, unknown>[]) => entries.map(({ label }) => label as string)

test('a threshold raised above the scores ends the events, and no other begins until it is lowered', async () => {
  await page.evaluate((seed) => window.lab.start({ seed, backends: ['cpu'] }), SEED)
  await feed(0, 40)
  const [first, second] = labelsOf(await logged('onset'))
  expect(second).toBeDefined()
  expect(await logged('event')).toEqual([])

  expect(await setThreshold(first, 1)).toBeNull()
  await feed(40, 90)
  const events = await logged('event')
  expect(labelsOf(events)).toEqual([first])
  expect(events[0].end).toBeLessThan(0.5)
  expect(labelsOf(await logged('onset'))).toEqual([first, second])

  expect(await setThreshold(first, 0.6)).toBeNull()
  await feed(90, 98)
  await feed(200, 240)
  expect(labelsOf(await logged('onset')).slice(2)).toContain(first)
})

test('a threshold outlives a crash of the worker, and goes with its model', async () => {
  await page.evaluate((seed) => window.lab.start({ seed, backends: ['cpu'], breakable: true }), SEED)
  expect(await setThreshold('beep', 1)).toBeNull()
  expect(await setThreshold('hum', 1)).toBeNull()
  await page.evaluate(() => window.lab.break('throw'))
  await page.waitForFunction(() => window.lab.log.filter(({ type }) => type === 'backend').length === 2)
  await feed(0, 40)
  expect(await logged('onset')).toEqual([])
  expect(await page.evaluate((seed) => window.lab.swap({ seed, backends: ['cpu'] }), SEED)).toBeNull()
  await feed(200, 240)
  expect((await logged('onset')).length).toBe(2)
})

test('a label is known by its head, and what is none is refused', async () => {
  const heads = ['sound', 'place']
  await page.evaluate((given) => window.lab.start({ ...given, backends: ['cpu'] }), {
    seed: HEADED_SEED,
    heads,
  })
  const refusals = [
    await setThreshold('beep', 0.5),
    await setThreshold('street', 0.5, 'sound'),
    await setThreshold('street', 2),
  ]
  expect(refusals).toEqual([
    { code: 'arguments', message: expect.stringMatching(/"beep" is in several heads. Name the head too/) },
    { code: 'arguments', message: expect.stringMatching(/no label "sound\/street"/) },
    { code: 'arguments', message: expect.stringMatching(/The threshold is 2\./) },
  ])
  for (const label of ['hall', 'street', 'beep']) expect(await setThreshold(label, 1, 'place')).toBeNull()
  expect(await setThreshold('beep', 0.01, 'sound')).toBeNull()
  await feed(0, 100)
  const onsets = await logged('onset')
  expect(onsets.map(({ head, label }) => `${head}/${label}`)).toContain('sound/beep')
  for (const { head } of onsets) expect(head).toBe('sound')
})
