import axe from 'axe-core'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemo, type ServedDemo, serveDemo } from '../demo-page.ts'
import { launchBrowser } from '../harness.ts'

/** Long enough that a screen shows what it makes of the sound. */
const HEARING_MS = 1500

let demo: ServedDemo
let browser: Browser

beforeAll(async () => {
  demo = await serveDemo()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await demo?.close()
})

test('axe finds no serious fault on any screen, light or dark, silent or playing', async () => {
  const { page } = await openDemo(await browser.newContext(), demo.url)
  await page.evaluate(axe.source)
  const links = page.locator('#screen-links a')
  const names = await links.allTextContents()
  expect(names).toContain('Listen')

  const faults: string[] = []
  for (const playing of [false, true]) {
    for (const name of names) {
      await links.getByText(name, { exact: true }).click()
      await page.getByRole('region', { name, exact: true }).locator('> *').first().waitFor()
      if (playing) await keepPlaying(page)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const state = `${name}, ${playing ? 'playing' : 'silent'}, ${colorScheme}`
        faults.push(...(await seriousFaults(page)).map((fault) => `${state}: ${fault}`))
      }
    }
  }
  expect(faults).toEqual([])
}, 240_000)

/** The clip is shorter than the round through all screens. */
async function keepPlaying(page: Page): Promise<void> {
  if (await page.getByRole('button', { name: 'Stop' }).isHidden())
    await page.getByRole('button', { name: 'Play street clip' }).click()
  await page.getByRole('status').filter({ hasText: 'Playing' }).waitFor()
  await page.waitForTimeout(HEARING_MS)
}

/** Rule, place and what to do, of each fault of serious or critical impact. */
async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.flat().join(' ')}: ${failureSummary}`),
    )
}
