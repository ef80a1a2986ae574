import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readModel } from '../../src/model/index.ts'
import { CLASSES } from '../learning/teaching/three-classes.ts'
import { type BuiltPage, buildPage, launchBrowser, type ServedPage, servePage } from './harness.ts'
import type { Lesson, LessonOptions } from './teaching/main.ts'

let built: BuiltPage
let served: ServedPage
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  built = await buildPage('test/browser/teaching')
  served = await servePage(built.folder)
  browser = await launchBrowser()
})

beforeEach(async () => {
  context = await browser.newContext()
  page = await context.newPage()
  await page.goto(served.url)
  await ready()
})

afterEach(() => context.close())

afterAll(async () => {
  await browser.close()
  await served.close()
  await built.remove()
})

const ready = () => page.waitForFunction(() => window.teaching !== undefined)
const teach = (options: LessonOptions): Promise<Lesson> =>
  page.evaluate((given) => window.teaching.teach(given), options)
const openStore = () => page.evaluate(() => window.teaching.openStore('test'))
const fillStore = (each: number) => page.evaluate((count) => window.teaching.fillStore(count), each)
const look = () => page.evaluate(() => window.teaching.look())
const counts = async () => (await look()).classes.map(({ name, examples }) => [name, examples])

/** Another page on what this one has kept. */
async function reload(): Promise<void> {
  await page.reload()
  await ready()
  await openStore()
}

test('storage that never answers is told after its deadline, and is there again later', async () => {
  await page.evaluate(() => window.teaching.openLockedStore('locked'))
  const { trouble, classes } = await look()
  expect(trouble).toMatchObject({
    code: 'storage',
    message: expect.stringContaining('no answer within 0.5 s'),
  })
  expect(classes).toEqual([])
  await page.evaluate(() => window.teaching.openStore('locked'))
  expect((await look()).trouble).toBe(null)
})

describe('a worker that teaches', () => {
  test('tells three classes apart by their last layer, and the classifier then scores as it did', async () => {
    const { taught, progress, error } = await teach({ learn: 'head', each: 6 })
    expect(error).toBe(null)
    expect(taught!.accuracy).toBeGreaterThan(0.9)
    const [first] = progress
    expect(first).toMatchObject({ stage: 'backend', backend: 'wasm' })
    expect(progress.some(({ stage }) => stage === 'embedding')).toBe(true)
    expect(progress.at(-1)).toMatchObject({ stage: 'head', heldOut: { accuracy: expect.any(Number) } })
    const { labels, probe } = readModel(taught!.model)
    expect(labels).toEqual(CLASSES)
    const scores = await page.evaluate((model) => window.teaching.liveScores(model), taught!.model)
    scores.forEach((score, label) => expect(score).toBeCloseTo(probe.output[label], 4))
  })

  test('shows filters and compression as they move, and once stopped hands over the best so far', async () => {
    const options = { learn: 'everything', steps: 5000, each: 4, tiny: true, stopAt: 'fine-tuning' } as const
    const { taught, progress } = await teach(options)
    expect(taught!.stopped).toBe(true)
    const last = progress.at(-1)!
    expect(last).toMatchObject({ stage: 'fine-tuning', heldOut: {}, frontend: { sampleRate: 16000 } })
    expect(readModel(taught!.model).labels).toEqual(CLASSES)
  })

  test('gives nothing when it is stopped before anything was learned', async () => {
    expect(await teach({ learn: 'head', each: 2, stopAt: 'backend' })).toMatchObject({
      taught: null,
      error: null,
    })
  })

  test('ends at once when it is disposed of', async () => {
    const { error } = await teach({ learn: 'head', each: 4, disposeAt: 'embedding' })
    expect(error).toMatchObject({ code: 'training', message: expect.stringMatching(/was ended/) })
  })

  test('whose script is not there says so', async () => {
    const { error } = await teach({ learn: 'head', each: 4, workerUrl: 'nowhere.js' })
    const message = expect.stringMatching(/could not be loaded from http.*nowhere\.js.* leaf-worklet copy/)
    expect(error).toMatchObject({ code: 'training', message })
  })

  test('says which examples it cannot learn from', async () => {
    const { error } = await teach({ learn: 'head', each: 1 })
    expect(error).toMatchObject({ code: 'arguments', message: expect.stringMatching(/"background"/) })
  })

  test('takes WebGPU where it is asked for and its gradients are right', async () => {
    const { taught, progress } = await teach({
      learn: 'head',
      steps: 4,
      each: 2,
      tiny: true,
      backends: ['webgpu'],
    })
    expect(progress[0]).toMatchObject({ backend: 'webgpu' })
    expect(readModel(taught!.model).labels).toEqual(CLASSES)
  })
})

describe('examples', () => {
  test('are there after the page was loaded anew, and can be learned from', async () => {
    await openStore()
    await fillStore(4)
    const before = await look()
    expect(before).toMatchObject({ trouble: null, canUndo: false })
    expect(before.classes).toEqual(CLASSES.map((name) => ({ name, examples: 4, seconds: 4 })))
    await reload()
    expect(await look()).toEqual(before)
    expect(await page.evaluate(() => window.teaching.difference('clicks', 2))).toBeLessThan(2e-5)
    const { taught } = await teach({ learn: 'head', steps: 40, tiny: true })
    expect(taught!.labels).toEqual(CLASSES)
  })

  test('may be 3000, and all of them are there again', async () => {
    await openStore()
    await page.evaluate(() => window.teaching.fillWhole())
    await reload()
    const { classes, trouble } = await look()
    expect(trouble).toBe(null)
    expect(classes).toEqual(
      Array.from({ length: 10 }, (_, i) => ({ name: `class ${i}`, examples: 300, seconds: 300 })),
    )
    expect(await page.evaluate(() => window.teaching.readThrough())).toBe(3000 * 16000)
  })

  test('keep their changes: a new name, a deletion, and one that was undone', async () => {
    await openStore()
    await fillStore(3)
    await page.evaluate(async () => {
      const { teaching } = window
      await teaching.rename('whistle', 'kettle')
      await teaching.deleteFirst('kettle')
      await teaching.deleteClass('clicks')
      await teaching.undo()
      await teaching.deleteClass('background')
    })
    const left = [
      ['kettle', 2],
      ['clicks', 3],
    ]
    expect(await counts()).toEqual(left)
    await reload()
    expect(await counts()).toEqual(left)
    expect((await look()).canUndo).toBe(false)
  })

  test('deleted on one page and not yet for good are not purged by another', async () => {
    await openStore()
    await fillStore(2)
    await page.evaluate(() => window.teaching.deleteFirst('whistle'))
    const other = await context.newPage()
    await other.goto(served.url)
    await other.waitForFunction(() => window.teaching !== undefined)
    await other.evaluate(() => window.teaching.openStore('test'))
    const seen = await other.evaluate(() => window.teaching.look())
    expect(seen).toMatchObject({ canUndo: false, trouble: null })
    expect(seen.examples).toHaveLength(5)
    await page.evaluate(() => window.teaching.undo())
    expect(await page.evaluate(() => window.teaching.readThrough())).toBe(6 * 16000)
    await other.close()
    await reload()
    expect((await look()).examples).toHaveLength(6)
    expect(await page.evaluate(() => window.teaching.readThrough())).toBe(6 * 16000)
  })

  test('for which there is no room are there all the same, and are kept once there is', async () => {
    await openStore()
    const session = await context.newCDPSession(page)
    const origin = new URL(served.url).origin
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 })
    await fillStore(2)
    const full = await look()
    expect(full.trouble).toMatchObject({ code: 'storage', message: expect.stringMatching(/no more room/) })
    expect(full.examples).toHaveLength(6)
    expect(await page.evaluate(() => window.teaching.difference('whistle', 1))).toBeLessThan(2e-5)
    await session.send('Storage.overrideQuotaForOrigin', { origin })
    await page.evaluate(() => window.teaching.save())
    expect(await look()).toEqual({ ...full, trouble: null })
    await reload()
    expect(await look()).toEqual({ ...full, trouble: null })
  })
})
