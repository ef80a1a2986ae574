// The classifier's page for a file of tests: built once, served isolated and plain, opened anew by each test.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect } from 'vitest'
import { builtPage, launchBrowser, type ServedPage, servePage } from '../harness.ts'
import { KeptPage } from '../kept-page.ts'
import type { Logged } from './main.ts'

/** Windows of the models that the page makes, in frames. */
export const WINDOW = 6
export const HOP = 2

type Server = 'isolated' | 'plain'

export interface Lab {
  /** The page that the running test has opened. */
  readonly page: Page
  open(server?: Server): Promise<void>
  /** What the classifier has told of one kind, oldest first. */
  logged(type: Logged['type']): Promise<Record<string, unknown>[]>
}

/** Sets the file's hooks. */
export function openLab(): Lab {
  let browser: Browser
  let page: Page
  const servers = new Map<Server, ServedPage>()
  const kept = new Map<Server, KeptPage>()

  beforeAll(async () => {
    const built = await builtPage('test/browser/classifier')
    browser = await launchBrowser()
    for (const server of ['isolated', 'plain'] as const) {
      servers.set(server, await servePage(built, { isolated: server === 'isolated' }))
      kept.set(server, new KeptPage(browser))
    }
  })
  afterAll(async () => {
    await browser?.close()
    for (const server of servers.values()) await server.close()
  })

  return {
    get page() {
      return page
    },
    async open(server = 'isolated') {
      page = await kept.get(server)!.load(servers.get(server)!.url)
      await page.waitForFunction(() => window.lab !== undefined)
      expect(await page.evaluate(() => window.lab.isolated())).toBe(server === 'isolated')
    },
    async logged(type) {
      const log = await page.evaluate(() => window.lab.log)
      return log.filter((entry) => entry.type === type).map(({ detail }) => detail)
    },
  }
}
