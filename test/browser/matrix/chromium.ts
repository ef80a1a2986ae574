import { findBrowser } from '../../../.config/browser.mjs'
import { launchBrowser } from '../harness.ts'
import type { BrowserKind } from './session.ts'

export const chromium: BrowserKind = {
  name: 'chromium',

  missing() {
    try {
      findBrowser()
      return null
    } catch {
      return 'no Chromium or Chrome here (npm test fetches one)'
    }
  },

  async start() {
    const browser = await launchBrowser()
    const page = await browser.newPage()
    return {
      version: `Chromium ${browser.version()}`,
      async open(address) {
        await page.goto(address)
        await page.waitForFunction('window.api')
      },
      call: (expression) => page.evaluate(expression),
      close: () => browser.close(),
    }
  },
}
