// npm run screenshots [-- --film] [--out DIR] [screen …]: pictures of the built page's screens while they listen, for
// people to look at, in .cache/screenshots or DIR. With --film a newcomer's first minute instead, a picture a second, and
// the names that stood in large type: the page as it opens, then Listen, with the street clip at the microphone.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { BrowserContextOptions, ViewportSize } from 'playwright'
import { buildDemo, openDemo, serveDemo } from './demo-page.ts'
import { launchBrowser, type ServedPage } from './harness.ts'
import { MICROPHONE_RATE, microphoneFile } from './microphone-file.ts'
import { streetClip } from './speech.ts'

const { values, positionals: wanted } = parseArgs({
  options: { film: { type: 'boolean', default: false }, out: { type: 'string' } },
  allowPositionals: true,
})
const folder = values.out ?? fileURLToPath(new URL('../../.cache/screenshots', import.meta.url))

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
/** Seconds of the film, and of them those before anything is pressed. */
const FILM_SECONDS = 60
const FILM_OPENING = 3
/** What is filmed; forced colours show nothing more of a minute. */
const FILMED = ['wide', 'dark', 'phone']

await mkdir(folder, { recursive: true })
const built = await buildDemo()
const demo = await serveDemo(built.folder)
await (values.film ? film(demo) : picture(demo))
await demo.close()
await built.remove()

/** Every screen, while the street clip plays. */
async function picture({ url }: ServedPage): Promise<void> {
  const browser = await launchBrowser()
  for (const [kind, options] of Object.entries(kinds)) {
    const { page } = await openDemo(await browser.newContext(options), url)
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
}

/** The first minute, a picture a second. */
async function film({ url }: ServedPage): Promise<void> {
  const sounds = await mkdtemp(join(tmpdir(), 'leaf-film-'))
  const microphone = join(sounds, 'street.wav')
  const clip = await streetClip()
  const played = new Float32Array(FILM_SECONDS * MICROPHONE_RATE)
  for (let at = 0; at < played.length; at += clip.length) played.set(clip.subarray(0, played.length - at), at)
  await writeFile(microphone, microphoneFile(played))
  for (const kind of FILMED) {
    const browser = await launchBrowser(microphone)
    const { page } = await openDemo(await browser.newContext(kinds[kind]), url)
    const frames = join(folder, `first-minute-${kind}`)
    await mkdir(frames, { recursive: true })
    const named: string[] = []
    const began = Date.now()
    for (let second = 0; second < FILM_SECONDS; second++) {
      await page.waitForTimeout(Math.max(0, began + 1000 * second - Date.now()))
      if (second === FILM_OPENING)
        await page.getByRole('button', { name: 'Listen', exact: true }).first().click()
      const path = join(frames, `${String(second).padStart(2, '0')}.png`)
      await page.screenshot({ path })
      named.push(`${second} s: ${(await page.locator('.present').textContent())?.trim()}`)
    }
    await writeFile(join(frames, 'names.txt'), `${named.join('\n')}\n`)
    console.log(frames)
    await browser.close()
  }
  await rm(sounds, { recursive: true })
}
