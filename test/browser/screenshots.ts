// npm run screenshots [screen …]: pictures of the built page's screens while they listen, for people to look at, in
// .cache/screenshots.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, ViewportSize } from 'playwright'
import { buildDemo, openDemo, serveDemo } from './demo-page.ts'
import { launchBrowser } from './harness.ts'

const folder = fileURLToPath(new URL('../../.cache/screenshots', import.meta.url))

const wide = { width: 1440, height: 900 }
const narrow = { width: 390, height: 844 }
const kinds: Record<string, BrowserContextOptions & { viewport: ViewportSize }> = {
  wide: { viewport: wide },
  dark: { viewport: wide, colorScheme: 'dark' },
  forced: { viewport: wide, forcedColors: 'active' },
  phone: { viewport: narrow, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
}

/** For a screen to show what it has before any sound. */
const OPENING_MS = 1500
/** Of the clip: enough to fill the picture. */
const LISTENING_MS = 11_000

const wanted = process.argv.slice(2)
await mkdir(folder, { recursive: true })
const built = await buildDemo()
const demo = await serveDemo(built.folder)
const browser = await launchBrowser()
for (const [kind, options] of Object.entries(kinds)) {
  const { page } = await openDemo(await browser.newContext(options), demo.url)
  for (const link of await page.locator('#screen-links a').all()) {
    const screen = `${await link.getAttribute('data-screen')}`
    if (wanted.length > 0 && !wanted.includes(screen)) continue
    await page.setViewportSize(options.viewport)
    await link.click()
    await page.waitForTimeout(OPENING_MS)
    // What is out of sight draws nothing, so all of the page has to be in sight.
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ ...options.viewport, height })
    await page.getByRole('button', { name: 'Play street clip' }).click()
    await page.waitForTimeout(LISTENING_MS)
    const path = `${folder}/${screen}-${kind}.png`
    await page.screenshot({ path, fullPage: true })
    console.log(path)
  }
  await page.context().close()
}
await browser.close()
await demo.close()
await built.remove()
