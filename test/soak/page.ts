import type { CDPSession, Page } from 'playwright'
import { buildDemo, openDemo, serveDemo } from '../browser/demo-page.ts'
import { launchBrowser } from '../browser/harness.ts'

/** What a page must not show after the first quarter of a long time of listening: everything is 0. */
export interface PageFaults {
  /** Seconds by which the audio clock fell behind, in whole tenths. */
  drift: number
  /** Frames dropped, and tenths of a second of sound that never reached the node. */
  holes: number
  /** Windows that the classifier skipped, and its restarts. */
  skipped: number
  /** Whole megabytes that the heap gained. */
  growth: number
  /** Errors and warnings in the console, requests to elsewhere; from the beginning on. */
  complaints: number
}

/** As the page's list of numbers calls them. */
const NUMBERS = ['dropped', 'skippedSamples', 'clockDrift', 'queueDropped', 'restarts'] as const

/**
 * Listens in the built demo, to Chromium's own beeping microphone.
 *
 * @param seconds of listening
 */
export async function soakPage(seconds: number): Promise<PageFaults> {
  const built = await buildDemo()
  const server = await serveDemo(built.folder)
  const browser = await launchBrowser()
  try {
    const { page, complaints } = await openDemo(await browser.newContext(), server.url)
    const session = await page.context().newCDPSession(page)
    await page.getByRole('button', { name: 'Listen' }).first().click()
    await page.getByText('Detector ready on').waitFor({ timeout: 60_000 })
    await page.waitForTimeout(250 * seconds)
    const early = { heap: await heap(session), ...(await numbers(page)) }
    await page.waitForTimeout(750 * seconds)
    const late = { heap: await heap(session), ...(await numbers(page)) }
    const gained = (name: keyof typeof late) => late[name] - early[name]
    return {
      drift: Math.max(0, Math.trunc(-10 * gained('clockDrift'))),
      holes: gained('dropped') + Math.trunc(gained('skippedSamples') / 4800),
      skipped: gained('queueDropped') + gained('restarts'),
      growth: Math.max(0, Math.trunc(gained('heap') / 1e6)),
      complaints: complaints.length,
    }
  } finally {
    await browser.close()
    await server.close()
    await built.remove()
  }
}

/** Bytes of the page's heap that are in use. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}

function numbers(page: Page): Promise<Record<(typeof NUMBERS)[number], number>> {
  return page.evaluate(async (names) => {
    const meter = document.querySelector('leaf-meter') as HTMLElement & {
      source: { metrics(): Promise<Record<string, number | null>> }
    }
    const metrics = await meter.source.metrics()
    return Object.fromEntries(names.map((name) => [name, metrics[name] ?? 0]))
  }, NUMBERS) as Promise<Record<(typeof NUMBERS)[number], number>>
}
