import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { contentSecurityPolicy } from '../../demo/csp.ts'
import { type BuiltPage, buildPage, launchBrowser, type ServedPage, servePage } from './harness.ts'
import type { ViewPage } from './view/page.ts'

declare global {
  interface Window {
    api: ViewPage
  }
}

/** The page of the views, served with the strict policy of the demo to the tests of a file. */
export interface ServedViews {
  open(options?: BrowserContextOptions): Promise<Page>
}

/** After each test what was opened is closed, and the policy may have refused and the page thrown nothing. */
export function serveViews(): ServedViews {
  let built: BuiltPage
  let server: ServedPage
  let browser: Browser
  let page: Page | undefined
  let complaints: string[] = []

  beforeAll(async () => {
    built = await buildPage('test/browser/view')
    server = await servePage(built.folder, { contentSecurityPolicy })
    browser = await launchBrowser()
  })

  afterEach(async () => {
    await page?.close()
    expect(complaints).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await built?.remove()
  })

  return {
    async open(options) {
      complaints = []
      page = await browser.newPage(options)
      page.on('console', (message) => {
        if (message.text().includes('Security Policy')) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(server.url)
      await page.waitForFunction(() => window.api !== undefined)
      return page
    },
  }
}
