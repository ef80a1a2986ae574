import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Frame, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { contentSecurityPolicy } from '../../demo/csp.ts'
import { openDemo } from './demo-page.ts'
import { launchBrowser, type ServedPage, servePage } from './harness.ts'

/** Of one test alone: it publishes a newer build in its place. */
let folder: string
let browser: Browser
/** A port of its own for each test, thus a browser that has kept nothing yet. */
let server: ServedPage

beforeAll(async () => {
  browser = await launchBrowser()
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-offline-'))
  await cp(inject('demo'), folder, { recursive: true })
  server = await servePage(folder, { isolated: true, contentSecurityPolicy })
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

afterAll(async () => {
  await browser?.close()
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

test('a new build takes the place of the old one when its last page is loaded again', async () => {
  const { page } = await openDemo(await browser.newContext(), server.url)
  await keeps(page)
  let old = 'first'
  // A busy machine is slow to start the worker of the new build: nothing depends on how fast it answers.
  for (const [build, busyMs] of [['second', 0] as const, ['third', 1000] as const]) {
    const other = await page.context().newPage()
    await other.goto(server.url)
    await publish(build, busyMs)

    await page.reload()
    await expect.poll(() => page.evaluate(isWaiting), PATIENCE).toBe(true)
    await page.reload()
    expect(await buildOf(page)).toBe(old)
    await other.close()
    // One more page beside the one that is open: that one still needs the files of its build.
    const third = await page.context().newPage()
    await third.goto(server.url)
    expect(await buildOf(third)).toBe(old)
    expect(await page.evaluate(isWaiting)).toBe(true)
    await third.close()
    const addresses: string[] = []
    const note = (frame: Frame) => addresses.push(frame.url())
    page.on('framenavigated', note)
    await page.reload()
    await expect.poll(() => buildOf(page), PATIENCE).toBe(build)
    expect(await page.evaluate(isWaiting)).toBe(false)
    // The page that hands over, and the new one.
    expect(addresses).toEqual([server.url, server.url])
    page.off('framenavigated', note)
    old = build
  }
  await page.context().close()
})

const buildOf = async (page: Page) =>
  (await page.locator('meta[name=build]').all())[0]?.getAttribute('content') ?? 'first'

/** In the page: whether a newer build has been fetched. */
async function isWaiting(): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration()
  return Boolean(registration?.waiting)
}

const markOf = (build: string) => `<meta name="build" content="${build}">`

/** The page with a mark, and a service worker that knows of it. */
async function publish(build: string, busyMs: number): Promise<void> {
  const page = join(folder, 'index.html')
  const marked = (await readFile(page, 'utf8')).replace(
    /<head>(<meta name="build".*?>)?/,
    `<head>${markOf(build)}`,
  )
  await writeFile(page, marked)
  const worker = join(folder, 'service-worker.js')
  const script = await readFile(worker, 'utf8')
  const renewed = script.replace(/(index\.html\W+revision\W+)\w+/, `$1${build}`)
  expect(renewed).not.toBe(script)
  const busy = `addEventListener('message', () => { for (const end = Date.now() + ${busyMs}; Date.now() < end; ); })`
  await writeFile(worker, `${busy};${renewed}`)
}
