// npm run screenshots: pictures of the built page while it listens, for people to look at, in .cache/screenshots.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions } from 'playwright'
import { openDemo, serveDemo } from './demo-page.ts'
import { launchBrowser } from './harness.ts'

const folder = fileURLToPath(new URL('../../.cache/screenshots', import.meta.url))

const wide = { width: 1360, height: 900 }
const phone = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
const views: Record<string, BrowserContextOptions & { idle?: boolean }> = {
  wide: { viewport: wide },
  dark: { viewport: wide, colorScheme: 'dark' },
  phone,
  'phone-dark': { ...phone, colorScheme: 'dark' },
  'still-motion': { viewport: wide, reducedMotion: 'reduce' },
  empty: { viewport: wide, idle: true },
}

/** Seconds of the clip: enough to fill the picture. */
const LISTENING_MS = 14_000

await mkdir(folder, { recursive: true })
const demo = await serveDemo()
const browser = await launchBrowser()
for (const [name, { idle = false, ...options }] of Object.entries(views)) {
  const context = await browser.newContext(options)
  const { page } = await openDemo(context, demo.url)
  if (!idle) {
    await page.getByRole('button', { name: 'Play street clip' }).click()
    await page.waitForTimeout(LISTENING_MS)
  }
  const path = `${folder}/${name}.png`
  await page.screenshot({ path, fullPage: true })
  console.log(path)
  await context.close()
}
await browser.close()
await demo.close()
