// The demo as a visitor gets it: built, served, opened in a Chromium whose microphone plays a file.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright'
import { build, preview } from 'vite'
import type { ShownEvent } from '../../src/view/index.ts'
import type { BuiltPage, ServedPage } from './harness.ts'

const root = fileURLToPath(new URL('../../demo', import.meta.url))

/** Builds the demo with its own configuration. */
export async function buildDemo(): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), 'leaf-demo-'))
  await build({ root, logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Serves what was built with the demo's own headers, on a free port. */
export async function serveDemo(folder: string): Promise<ServedPage> {
  const server = await preview({ root, logLevel: 'warn', build: { outDir: folder }, preview: { port: 0 } })
  const url = server.resolvedUrls?.local[0]
  if (!url) throw new Error('The demo has no local address.')
  return { url, close: () => server.close() }
}

/** An open demo, and what went wrong or left the machine while it was open. */
export interface OpenDemo {
  readonly page: Page
  readonly complaints: string[]
}

declare global {
  interface Window {
    /** States of all microphone tracks that the page was ever given. */
    trackStates(): MediaStreamTrackState[]
  }
}

export async function openDemo(context: BrowserContext, url: string): Promise<OpenDemo> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    // Playwright's own word where a context has no service workers.
    if (message.text() === 'Service Worker registration blocked by Playwright') return
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    // What the page made itself has an address in its own origin.
    if (
      !request
        .url()
        .replace(/^blob:/, '')
        .startsWith(url)
    )
      complaints.push(`asked for ${request.url()}`)
  })
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = []
    const devices = navigator.mediaDevices
    const original = devices.getUserMedia.bind(devices)
    devices.getUserMedia = async (constraints) => {
      const stream = await original(constraints)
      tracks.push(...stream.getTracks())
      return stream
    }
    window.trackStates = () => tracks.map((track) => track.readyState)
  })
  await visit(page, url)
  return { page, complaints }
}

/** The page for the next visitor, who finds nothing of the one before: sooner than in a context of his own. */
export async function openAnew({ page, complaints }: OpenDemo, url: string): Promise<void> {
  await page.unrouteAll()
  // A page that is open complains of the storage that is taken from it, maybe not until it is another test's.
  await page.goto('about:blank')
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes: 'all' })
  await session.detach()
  complaints.length = 0
  await visit(page, url)
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('heading', { name: 'The model' }).waitFor()
}

/** The events in the list, oldest first. */
export function shownEvents(page: Page): Promise<readonly ShownEvent[]> {
  return page.evaluate(() => {
    const list = document.querySelector('leaf-events') as HTMLElement & { events: readonly ShownEvent[] }
    return list.events
  })
}

/** How many different colours the newest features have: one while there is nothing to see. */
export function picturedColors(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector('leaf-spectrogram')?.shadowRoot?.querySelector('canvas')
    const { width, height } = canvas as HTMLCanvasElement
    const context = canvas?.getContext('2d') as CanvasRenderingContext2D
    const pixels = context.getImageData(width - (width >> 2), height >> 1, width >> 2, height >> 2)
    return new Set(new Uint32Array(pixels.data.buffer)).size
  })
}
