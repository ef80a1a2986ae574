// What the tests of the screens share.

import { readFile } from 'node:fs/promises'
import axe from 'axe-core'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { encodeWav } from '../../../src/audio/encode-wav.ts'
import type { LeafEvents } from '../../../src/view/index.ts'
import { type OpenDemo, openAnew, openDemo, serveDemo } from '../demo-page.ts'
import { launchBrowser, type ServedPage } from '../harness.ts'

export interface ServedScreens {
  /** Takes out of the complaints of the present test those that it provoked. */
  forgive(provoked: RegExp): void
  /** @param options where they are given, the browser context is the test's own: it may emulate and close what it likes */
  open(options?: BrowserContextOptions, prepare?: Prepare): Promise<Page>
}

/** What is done to a context before the page opens. */
type Prepare = (context: BrowserContext) => Promise<unknown>

/** Complains when the page itself reads a model file: that is work for a worker. */
const toldReading = `{
  const parse = JSON.parse
  JSON.parse = (text, ...rest) => {
    if (String(text).startsWith('{"__metadata__"')) console.error('The page itself read a model file.')
    return parse(text, ...rest)
  }
}`

/**
 * Serves the page to the tests of a file, in one browser context for those that ask for none of their own. After each of
 * them nothing may have gone wrong in what it opened.
 */
export function serveScreens(usual: BrowserContextOptions = {}, prepareUsual?: Prepare): ServedScreens {
  let demo: ServedPage
  let browser: Browser
  let kept: OpenDemo | undefined
  let opened: OpenDemo[] = []

  beforeAll(async () => {
    demo = await serveDemo(inject('demo'))
    browser = await launchBrowser()
  })

  afterEach(async () => {
    const pages = opened
    opened = []
    for (const one of pages) if (one !== kept) await one.page.context().close()
    expect(pages.flatMap(({ complaints }) => complaints)).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await demo?.close()
  })

  async function openContext(options: BrowserContextOptions, prepare?: Prepare): Promise<OpenDemo> {
    // What the page keeps for offline use has tests of its own; each visitor here would fill that store anew.
    const context = await browser.newContext({ serviceWorkers: 'block', ...options })
    await context.addInitScript({ content: toldReading })
    await prepare?.(context)
    return openDemo(context, demo.url)
  }

  return {
    forgive(provoked) {
      for (const { complaints } of opened)
        complaints.splice(0, complaints.length, ...complaints.filter((one) => !provoked.test(one)))
    },
    async open(options, prepare) {
      if (options) {
        const own = await openContext(options, prepare)
        opened.push(own)
        return own.page
      }
      if (kept) await openAnew(kept, demo.url)
      else kept = await openContext(usual, prepareUsual)
      opened.push(kept)
      return kept.page
    },
  }
}

/** What a button gives away as a file. */
export async function downloaded(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: button, exact: true }).click()
  const download = await saving
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

/** By how many CSS pixels fifty events more lengthen a page whose list of events is long already. */
export function growth(list: Locator): Promise<number> {
  return list.evaluate((element) => {
    const lengths = [0, 50].map((first) => {
      for (let start = first; start < first + 50; start++)
        (element as LeafEvents).show({ label: 'siren', start, end: start + 0.5, confidence: 0.9 })
      return document.documentElement.scrollHeight
    })
    return lengths[1] - lengths[0]
  })
}

/** State by state, rule, place and what to do, of each fault of serious or critical impact that axe finds. */
export async function seriousFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    (runOnly) => (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'], runOnly }),
    rules && [...rules],
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.flat().join(' ')}: ${failureSummary}`),
    )
}

/** Hz of the sounds below. */
export const RATE = 16000

type Sound = (time: number, pitch: number) => number

/** Sounds that a detector can be taught. */
export const SOUNDS = {
  background: () => 0,
  beep: (time, pitch) => 0.3 * Math.sin(2 * Math.PI * 1800 * pitch * time),
  thud: (time, pitch) => 0.6 * Math.exp(-25 * time) * Math.sin(2 * Math.PI * 120 * pitch * time),
} satisfies Record<string, Sound>

export type SoundName = keyof typeof SOUNDS

/** A sound once a second, each time a little different, over a soft noise. */
export function recording(name: SoundName, seconds: number, seed: number): Float32Array {
  const sound: Sound = SOUNDS[name]
  return Float32Array.from({ length: seconds * RATE }, (_, i) => {
    const time = (i % RATE) / RATE - 0.3
    const pitch = 1 + 0.1 * Math.sin(Math.floor(i / RATE) * 7 + seed)
    return 0.002 * Math.sin(i * i * 0.37 + seed) + (time >= 0 && time < 0.4 ? sound(time, pitch) : 0)
  })
}

/** A file to be chosen. */
export const wavFile = (name: string, samples: Float32Array) => ({
  name: `${name}.wav`,
  mimeType: 'audio/wav',
  buffer: Buffer.from(encodeWav(samples, RATE, 'float32')),
})
