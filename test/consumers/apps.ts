// Consumer projects as their users see them: a page in Chromium, a click, and what the page shows then.
import { deepEqual } from 'node:assert/strict'
import type { Browser, Page } from 'playwright'
import type { LeafMeter } from '../../src/view/index.ts'

/** A busy machine warms a classifier slowly. */
const LIMIT_MS = 60_000

/** Opens a page, clicks its button, looks, and sees that nothing was complained about on its console. */
export async function use(
  browser: Browser,
  address: string,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await browser.newPage()
  page.setDefaultTimeout(LIMIT_MS)
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  try {
    await page.goto(address)
    await page.getByRole('button').first().click()
    await look(page)
  } catch (cause) {
    const shown = ['The page shows:', await page.locator('body').textContent()]
    const told = [(cause as Error).message, ...shown, 'The page complains:', ...complaints]
    throw new Error(told.join('\n'), { cause })
  } finally {
    await page.close()
  }
  deepEqual(complaints, [])
}

/** The words spoken into the microphone stand as an event in the page's list. */
export async function hears(page: Page): Promise<void> {
  const events = page.getByRole('listitem').filter({ hasText: /speech/i })
  await events.first().waitFor()
}

/** The page sums up its metrics in a sentence. */
export async function tells(page: Page, transport: 'shared' | 'port'): Promise<void> {
  await page.getByText(`frames over ${transport}, scored on wasm`).waitFor()
}

/** Frames reach the page: features are drawn. */
export async function draws(page: Page): Promise<void> {
  await page.getByRole('img', { name: /^Features of the last/ }).waitFor()
}

/** The page's views are fed: the meter too, with how frames come and what scores them. */
export async function shows(page: Page, transport: 'shared' | 'port'): Promise<void> {
  await draws(page)
  const metrics = await page.waitForFunction(() => {
    const { metrics } = document.querySelector<LeafMeter>('leaf-meter')!
    return metrics.frames ? metrics : null
  })
  const { transport: way, backend, badSamples } = (await metrics.jsonValue())!
  deepEqual({ way, backend, badSamples }, { way: transport, backend: 'wasm', badSamples: 0 })
}
