import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { contentSecurityPolicy } from '../../demo/csp.ts'
import { buildPage, launchBrowser, servePage } from './harness.ts'
import type { ViewPage } from './view/page.ts'

declare global {
  interface Window {
    api: ViewPage
  }
}

/** The page of the views, served with the strict policy of the demo. */
export interface ViewServer {
  /** @param complaints gets what the policy refuses and what the page throws */
  open(complaints: string[], options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

export async function serveViews(): Promise<ViewServer> {
  const built = await buildPage('test/browser/view')
  const server = await servePage(built.folder, { contentSecurityPolicy })
  const browser: Browser = await launchBrowser()
  return {
    async open(complaints, options) {
      const page = await browser.newPage(options)
      page.on('console', (message) => {
        if (message.text().includes('Security Policy')) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(server.url)
      await page.waitForFunction(() => window.api !== undefined)
      return page
    },
    async close() {
      await browser.close()
      await server.close()
      await built.remove()
    },
  }
}
