import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../demo/csp.ts'
import { buildDemo, openDemo } from './demo-page.ts'
import { type BuiltPage, launchBrowser, type ServedPage, servePage } from './harness.ts'

/** Of this file alone: it publishes newer builds in its place. */
let demo: BuiltPage
let browser: Browser
/** A port of its own for each test, thus a browser that has kept nothing yet. */
let server: ServedPage

beforeAll(async () => {
  demo = await buildDemo()
  browser = await launchBrowser()
})

beforeEach(async () => {
  server = await servePage(demo.folder, { isolated: true, contentSecurityPolicy })
})

afterEach(() => server.close())

afterAll(async () => {
  await browser?.close()
  await demo?.remove()
})

const PATIENCE = { timeout: 15_000 }

const keeps = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null)

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

test('a new build takes the place of the old one when its last page is loaded again', async () => {
  const { page } = await openDemo(await browser.newContext(), server.url)
  await keeps(page)
  const other = await page.context().newPage()
  await other.goto(server.url)
  await publishNewBuild()
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
  await page.reload()
  await expect.poll(built, PATIENCE).toBe(1)
  expect(await page.evaluate(isWaiting)).toBe(false)
  await page.context().close()
})

/** In the page: whether a newer build has been fetched. */
async function isWaiting(): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration()
  return Boolean(registration?.waiting)
}

/** The page with a mark, and a service worker that knows of it. */
async function publishNewBuild(): Promise<void> {
  const page = join(demo.folder, 'index.html')
  await writeFile(page, (await readFile(page, 'utf8')).replace('<head>', '<head><meta name="build">'))
  const worker = join(demo.folder, 'service-worker.js')
  const script = await readFile(worker, 'utf8')
  const renewed = script.replace(/(index\.html\W+revision\W+)\w+/, '$1new')
  expect(renewed).not.toBe(script)
  await writeFile(worker, renewed)
}
