import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { seriousFaults, serveScreens } from './served-screens.ts'

/** Long enough that a screen shows what it makes of the sound. */
const HEARING_MS = 1500

const screens = serveScreens()

test('axe finds no serious fault on any screen, light or dark, silent or playing', async () => {
  const page = await screens.open()
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
