import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { contentSecurityPolicy } from '../../demo/csp.ts'
import { builtPage, launchBrowser, type ServedPage, servePage } from './harness.ts'
import { KeptPage } from './kept-page.ts'
import type { ViewPage } from './view/page.ts'

declare global {
  interface Window {
    api: ViewPage
  }
}

/** The page of the views, served with the strict policy of the demo to the tests of a file. */
export interface ServedViews {
  /** @param options where they are given, the page is the test's own: it may emulate what it likes */
  open(options?: BrowserContextOptions): Promise<Page>
}

async function ready(page: Page): Promise<Page> {
  await page.waitForFunction(() => window.api !== undefined)
  return page
}

/** After each test what was opened is closed, and the policy may have refused and the page thrown nothing. */
export function serveViews(): ServedViews {
  let server: ServedPage
  let browser: Browser
  let kept: KeptPage
  /** Pages of single tests. */
  const own: Page[] = []
  let complaints: string[] = []

  beforeAll(async () => {
    server = await servePage(await builtPage('test/browser/view'), { contentSecurityPolicy })
    browser = await launchBrowser()
    kept = new KeptPage(browser)
  })

  afterEach(async () => {
    for (const page of own.splice(0)) await page.close()
    expect(complaints).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  return {
    async open(options) {
      complaints = []
      const listen = (page: Page) => {
        page.on('console', (message) => {
          if (message.text().includes('Security Policy')) complaints.push(message.text())
        })
        page.on('pageerror', (error) => complaints.push(error.message))
      }
      if (!options) return ready(await kept.load(server.url, listen))
      const page = await browser.newPage(options)
      own.push(page)
      listen(page)
      await page.goto(server.url)
      return ready(page)
    },
  }
}
