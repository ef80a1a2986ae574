import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { findBrowser } from '../../.config/browser.mjs'
import { encodeWav } from '../../src/audio/encode-wav.ts'
import { openAudioFile } from '../../src/audio-file/index.ts'
import type { LeafEvents, ShownEvent } from '../../src/view/index.ts'
import { type OpenDemo, openAnew, openDemo, picturedColors, serveDemo, shownEvents } from './demo-page.ts'
import { launchBrowser, type ServedPage } from './harness.ts'

const clip = fileURLToPath(new URL('../../demo/public/clips/street.mp3', import.meta.url))
/** Sounds of the clip that the default model names without doubt. */
const SURE = ['speech', 'music']
const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

let demo: ServedPage
let browser: Browser
let kept: OpenDemo | undefined
let opened: OpenDemo
let page: Page
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-demo-test-'))
  demo = await serveDemo(inject('demo'))
  browser = await launchBrowser(await clipForMicrophone())
})

afterAll(async () => {
  await browser?.close()
  await demo?.close()
  await rm(folder, { recursive: true, force: true })
})

/** The page in one browser context for the tests that need none of their own. */
async function open(): Promise<void> {
  if (kept) await openAnew(kept, demo.url)
  else kept = await openDemo(await browser.newContext({ serviceWorkers: 'block' }), demo.url)
  opened = kept
  page = opened.page
}

const listen = () => page.getByRole('button', { name: 'Listen' })
const stop = () => page.getByRole('button', { name: 'Stop' })
const status = () => page.getByRole('status')
const heard = (label: string) => page.locator('leaf-events li').filter({ hasText: label })

/** The bundled clip as the file behind a microphone. */
async function clipForMicrophone(): Promise<string> {
  const { blocks, sampleRate } = await openAudioFile(clip)
  const parts: Float32Array[] = []
  for await (const block of blocks) parts.push(block.slice())
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    samples.set(part, offset)
    offset += part.length
  }
  const path = join(folder, 'street.wav')
  await writeFile(path, encodeWav(samples, sampleRate, 'float32'))
  return path
}

describe('with a microphone', () => {
  afterEach(() => expect(opened.complaints).toEqual([]))

  it('names what is heard, shows it, and switches the microphone off', async () => {
    await open()
    await listen().click()
    await status().filter({ hasText: 'Listening · Fake' }).waitFor()
    await page.getByText('Detector ready on').waitFor()
    await heard('Speech').first().waitFor()
    expect(await picturedColors(page)).toBeGreaterThan(20)
    expect(await page.evaluate(() => window.trackStates())).toEqual(['live'])
    // It asks only while it can be seen.
    await page.locator('leaf-meter').scrollIntoViewIfNeeded()
    await expect.poll(() => metricValue('Level'), { timeout: 15_000 }).toMatch(/^-\d+ dB$/)
    await expect.poll(() => metricValue('Backend'), { timeout: 15_000 }).toBe('wasm')

    await stop().click()
    expect(await page.evaluate(() => window.trackStates())).toEqual(['ended'])
    await status().filter({ hasText: 'Stopped' }).waitFor()
    await expect.poll(() => shownEvents(page), { timeout: 15_000 }).toSatisfy(allEnded)
    const [speech] = (await shownEvents(page)).filter(({ label }) => label === 'speech')
    expect(speech.confidence).toBeGreaterThan(0)
    expect(speech.confidence).toBeLessThanOrEqual(1)
    expect(speech.end).toBeGreaterThan(speech.start)
  })

  it('is started, changed, explained and stopped by keyboard alone', async () => {
    await open()
    await tabTo('Listen')
    await page.keyboard.press('Enter')
    await status().filter({ hasText: 'Listening · Fake' }).waitFor()
    const device = page.getByLabel('Microphone')
    await expect.poll(() => device.locator('option').count(), { timeout: 15_000 }).toBe(3)
    await page.getByLabel('Choose the device').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await device.evaluate((select) => select === document.activeElement)).toBe(true)
    await page.keyboard.press('End')
    await status().filter({ hasText: 'Listening · Fake Audio Input 2' }).waitFor()
    await tabTo('Explain')
    await page.keyboard.press('Space')
    expect(await page.getByRole('button', { name: 'Explain' }).getAttribute('aria-pressed')).toBe('true')
    await tabTo('Stop')
    await page.keyboard.press('Space')
    await listen().waitFor()
    expect(await page.evaluate(() => window.trackStates())).not.toContain('live')
  })
})

describe('with files', () => {
  afterEach(() => expect(opened.complaints).toEqual([]))

  it('plays the bundled clip to its end and names its sounds, on a phone that it fits, bright and dark', async () => {
    const own = await openDemo(await browser.newContext({ serviceWorkers: 'block', ...phone }), demo.url)
    opened = own
    page = own.page
    const inBoth = async (look: () => Promise<void>) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await look()
      }
    }
    const fits = async () => expect(await overflow()).toBe(0)
    await inBoth(fits)
    await page.getByRole('button', { name: 'Play street clip' }).click()
    await status().filter({ hasText: 'Playing the street clip' }).waitFor()
    await page.locator('leaf-events li').first().waitFor()
    await inBoth(fits)
    await status().filter({ hasText: 'The clip is over' }).waitFor()
    await expect.poll(() => shownEvents(page), { timeout: 15_000 }).toSatisfy(allEnded)
    const labels = (await shownEvents(page)).map(({ label }) => label)
    expect(labels).toEqual(expect.arrayContaining(SURE))
    await inBoth(async () => {
      expect(await brokenWords()).toEqual([])
      const [picture, tools] = await Promise.all(
        ['.plot', '.tools'].map((part) => page.locator(`.listen leaf-spectrogram ${part}`).boundingBox()),
      )
      expect(tools!.y).toBeGreaterThanOrEqual(picture!.y + picture!.height)
    })
    await page.context().close()
  })

  it('plays a chosen file, another one in its place, and one that is dropped on the page', async () => {
    await open()
    await page.getByLabel('Sound file').setInputFiles(clip)
    await status().filter({ hasText: 'Playing street.mp3' }).waitFor()
    const noise = Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(i * i))
    const buffer = Buffer.from(encodeWav(noise, 16000, 'float32'))
    await page.getByLabel('Sound file').setInputFiles({ name: 'burst.wav', mimeType: 'audio/wav', buffer })
    await status().filter({ hasText: 'Playing burst.wav' }).waitFor()
    await status().filter({ hasText: 'The clip is over' }).waitFor()
    await drop('street.mp3', await readFile(clip))
    await status().filter({ hasText: 'Playing street.mp3' }).waitFor()
    await stop().click()
    await status().filter({ hasText: 'Stopped' }).waitFor()
  })

  it('says what is wrong with a file that holds no sound, and goes on', async () => {
    await open()
    await drop('notes.txt', Buffer.from('no sound in here'))
    const alert = page.getByRole('alert')
    await alert.filter({ hasText: 'notes.txt is not audio that this browser can decode.' }).waitFor()
    await alert.filter({ hasText: 'Choose a WAV, MP3 or FLAC file' }).waitFor()
    await alert.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Play street clip' }).click()
    await status().filter({ hasText: 'Playing' }).waitFor()
  })
})

it('says what to do when the microphone is refused', async () => {
  const refusing = await chromium.launch({ executablePath: findBrowser() })
  try {
    opened = await openDemo(await refusing.newContext({ serviceWorkers: 'block' }), demo.url)
    page = opened.page
    await listen().click()
    const alert = page.getByRole('alert')
    await alert.filter({ hasText: /microphone/i }).waitFor()
    await listen().waitFor()
    expect(opened.complaints).toEqual([])
  } finally {
    await refusing.close()
  }
})

/** CSS pixels. A phone makes the page's own width that of what does not fit. */
const overflow = () =>
  page.evaluate((width) => document.documentElement.scrollWidth - width, phone.viewport!.width)

/** Words of the labels of the page's model that do not stand in one line, where they name bars, lanes and events. */
const brokenWords = () =>
  page.locator('.listen leaf-events').evaluate((element) => {
    const list = element as LeafEvents
    for (const { label } of list.labels) list.show({ label, start: 0, end: 1, confidence: 0.9 })
    const names = [
      ...document.querySelectorAll('.listen .scores .name'),
      ...list.shadowRoot!.querySelectorAll('.lane .name, li .label'),
    ]
    const texts = names.flatMap((name) => {
      const walker = document.createTreeWalker(name, NodeFilter.SHOW_TEXT)
      const found: Text[] = []
      while (walker.nextNode()) found.push(walker.currentNode as Text)
      return found
    })
    return texts.flatMap((text) =>
      [...text.data.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        return new Set(Array.from(range.getClientRects(), ({ top }) => top)).size > 1 ? [word] : []
      }),
    )
  })

const allEnded = (events: readonly ShownEvent[]) =>
  events.length > 0 && events.every(({ end }) => end !== undefined)

const metricValue = (name: string) =>
  page.locator('leaf-meter div').filter({ hasText: name }).first().locator('dd.value').textContent()

/** Presses Tab until the button has the focus. */
async function tabTo(name: string): Promise<void> {
  const button = page.getByRole('button', { name })
  for (let presses = 0; presses < 40; presses++) {
    if (await button.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${name}.`)
}

async function drop(name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, base64 }) => {
      const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([data], name))
      return transfer
    },
    { name, base64: bytes.toString('base64') },
  )
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer })
  await page.getByText('Drop the sound file').waitFor()
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}
