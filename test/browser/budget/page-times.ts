import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright'

/** What a visitor waits for, in milliseconds. */
export interface PageTimes {
  /** From the request of the page to the later of: its first picture, the controls and the first screen at work. */
  readonly usable: number
  /** The longest the main thread was busy without a break until then, and until the second after; 0: never over 50. */
  readonly longestTask: number
  /** From the microphone's permission to the first frame that the picture reads, everything loaded for it included. */
  readonly firstFrame: number
  /** Addresses asked for before the first picture. */
  readonly askedBeforePaint: readonly string[]
}

declare global {
  /** Of watch.js. */
  var marks: { shown: number; permitted: number; frame: number; longest: number }
}

const watch = fileURLToPath(new URL('./watch.js', import.meta.url))

/** Opens the page as a first visitor and presses Listen; the browser grants its fake microphone by itself. */
export async function measurePage(browser: Browser, url: string): Promise<PageTimes> {
  const page = await browser.newPage()
  const asked: { url: string; time: number }[] = []
  page.on('requestfinished', (request) =>
    asked.push({ url: request.url(), time: request.timing().startTime }),
  )
  await page.addInitScript({ path: watch })
  await page.goto(url)
  await page.waitForFunction(() => marks.shown > 0)
  await page.waitForTimeout(1000)
  const { painted, opened, usable, longestTask } = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    return {
      painted: paint.startTime,
      opened: performance.timeOrigin,
      usable: Math.max(paint.startTime, marks.shown),
      longestTask: marks.longest,
    }
  })
  const firstFrame = await measureFirstFrame(page)
  await page.close()
  const askedBeforePaint = asked.filter(({ time }) => time - opened < painted).map((request) => request.url)
  return { usable, longestTask, firstFrame, askedBeforePaint }
}

async function measureFirstFrame(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Listen' }).click()
  await page.waitForFunction(() => marks.frame > 0)
  return page.evaluate(() => marks.frame - marks.permitted)
}
