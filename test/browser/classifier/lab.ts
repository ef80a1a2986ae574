// The classifier's page for a file of tests: built once, served isolated and plain, opened anew by each test.
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type BuiltPage, buildPage, launchBrowser, type ServedPage, servePage } from '../harness.ts'
import type { Logged } from './main.ts'

/** Windows of the models that the page makes, in frames. */
export const WINDOW = 6
export const HOP = 2

export interface Lab {
  /** The page that the running test has opened. */
  readonly page: Page
  open(server?: 'isolated' | 'plain'): Promise<void>
  /** What the classifier has told of one kind, oldest first. */
  logged(type: Logged['type']): Promise<Record<string, unknown>[]>
}

/** Sets the file's hooks. */
export function openLab(): Lab {
  let built: BuiltPage
  let browser: Browser
  let page: Page
  const servers: Record<'isolated' | 'plain', ServedPage | null> = { isolated: null, plain: null }

  beforeAll(async () => {
    built = await buildPage('test/browser/classifier')
    servers.isolated = await servePage(built.folder, { isolated: true })
    servers.plain = await servePage(built.folder)
    browser = await launchBrowser()
  })
  afterEach(() => page.close())
  afterAll(async () => {
    await browser?.close()
    await servers.isolated?.close()
    await servers.plain?.close()
    await built?.remove()
  })

  return {
    get page() {
      return page
    },
    async open(server = 'isolated') {
      page = await browser.newPage()
      await page.goto(servers[server]!.url)
      await page.waitForFunction(() => window.lab !== undefined)
      expect(await page.evaluate(() => window.lab.isolated())).toBe(server === 'isolated')
    },
    async logged(type) {
      const log = await page.evaluate(() => window.lab.log)
      return log.filter((entry) => entry.type === type).map(({ detail }) => detail)
    },
  }
}
