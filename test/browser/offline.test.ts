import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../demo/csp.ts'
import { buildDemo, openDemo } from './demo-page.ts'
import { type BuiltPage, launchBrowser, type ServedPage, servePage } from './harness.ts'

let demo: BuiltPage
/** Of one test alone: it publishes a newer build in its place. */
let folder: string
let browser: Browser
/** A port of its own for each test, thus a browser that has kept nothing yet. */
let server: ServedPage

beforeAll(async () => {
  demo = await buildDemo()
  browser = await launchBrowser()
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-offline-'))
  await cp(demo.folder, folder, { recursive: true })
  server = await servePage(folder, { isolated: true, contentSecurityPolicy })
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

afterAll(async () => {
  await browser?.close()
  await demo?.remove()
})

const PATIENCE = { timeout: 15_000 }

/** All of the build is kept; as long as that takes on a busy machine. */
const keeps = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 0 })

test('once loaded, the page hears and names sounds without a server', async () => {
  const { page, complaints } = await openDemo(await browser.newContext(), server.url)
  await keeps(page)
  await server.close()
  await expect(fetch(server.url)).rejects.toThrow()

  await page.reload()
  await page.getByRole('heading', { name: 'The model' }).waitFor()
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await page.getByRole('button', { name: 'Play street clip' }).click()
  await page.getByRole('status').filter({ hasText: 'Playing the street clip' }).waitFor()
  await page.locator('leaf-events li').filter({ hasText: 'Speech' }).first().waitFor()
  await page.getByText('Detector ready on').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

// A busy machine is slow to start the worker of the new build: nothing depends on how fast it answers.
test.each([0, 1000])(
  'a new build takes the place of the old one when its last page is loaded again, its worker busy for %i ms',
  async (busyMs) => {
    const { page } = await openDemo(await browser.newContext(), server.url)
    await keeps(page)
    const other = await page.context().newPage()
    await other.goto(server.url)
    await publishNewBuild(busyMs)
    const built = () => page.locator('meta[name=build]').count()

    await page.reload()
    await expect.poll(() => page.evaluate(isWaiting), PATIENCE).toBe(true)
    await page.reload()
    expect(await built()).toBe(0)
    await other.close()
    // One more page beside the one that is open: that one still needs the files of its build.
    const third = await page.context().newPage()
    await third.goto(server.url)
    expect(await third.locator('meta[name=build]').count()).toBe(0)
    expect(await page.evaluate(isWaiting)).toBe(true)
    await third.close()
    const addresses: string[] = []
    page.on('framenavigated', (frame) => addresses.push(frame.url()))
    await page.reload()
    await expect.poll(built, PATIENCE).toBe(1)
    expect(await page.evaluate(isWaiting)).toBe(false)
    // The page that hands over, and the new one.
    expect(addresses).toEqual([server.url, server.url])
    await page.context().close()
  },
)

/** In the page: whether a newer build has been fetched. */
async function isWaiting(): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration()
  return Boolean(registration?.waiting)
}

/** The page with a mark, and a service worker that knows of it. */
async function publishNewBuild(busyMs: number): Promise<void> {
  const page = join(folder, 'index.html')
  await writeFile(page, (await readFile(page, 'utf8')).replace('<head>', '<head><meta name="build">'))
  const worker = join(folder, 'service-worker.js')
  const script = await readFile(worker, 'utf8')
  const renewed = script.replace(/(index\.html\W+revision\W+)\w+/, '$1new')
  expect(renewed).not.toBe(script)
  const busy = `addEventListener('message', () => { for (const end = Date.now() + ${busyMs}; Date.now() < end; ); })`
  await writeFile(worker, `${busy};${renewed}`)
}
