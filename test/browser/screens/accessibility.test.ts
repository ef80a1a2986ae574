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
        // Nothing but its colours differs in the dark.
        const rules = colorScheme === 'dark' ? ['color-contrast', 'link-in-text-block'] : undefined
        faults.push(...(await seriousFaults(page, rules)).map((fault) => `${state}: ${fault}`))
      }
    }
  }
  expect(faults).toEqual([])
}, 240_000)

test('in the colours of the system the current screen, scores, cost and what is live can be told', async () => {
  const page = await screens.open({ forcedColors: 'active' })
  const color = (selector: string, property: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
  const background = (selector: string) => color(selector, 'background-color')
  expect(await color('#screen-links a[aria-current]', 'border-bottom-color')).not.toBe(
    await color('#screen-links a:not([aria-current])', 'border-bottom-color'),
  )
  const canvas = await background('body')
  expect(await background('.scores .score')).not.toBe(canvas)
  const quiet = await background('#status .dot')
  expect(quiet).not.toBe(canvas)
  await keepPlaying(page)
  expect([canvas, quiet]).not.toContain(await background('#status .dot'))
  const bar = page.getByRole('meter', { name: 'Speech' })
  await expect.poll(() => bar.getAttribute('aria-valuetext'), { timeout: 15_000 }).toMatch(/^[1-9]\d* %$/)
  await page.getByRole('link', { name: 'Compare' }).click()
  await page.locator('.compare .bar span').first().waitFor({ state: 'attached' })
  expect(await background('.compare .bar span')).not.toBe(canvas)
  await page.getByRole('link', { name: 'Tasks' }).click()
  await page.locator('.tasks .bar').first().waitFor({ state: 'attached' })
  expect(await background('.tasks .bar')).not.toBe(canvas)
  await page.getByRole('link', { name: 'Teach' }).click()
  for (const part of ['.teach .balance span', '.teach .record .dot'])
    expect(await background(part), part).not.toBe(canvas)
  for (const name of ['Record the room, 10 s · background', 'Add files to background', 'Delete background'])
    await page.getByRole('button', { name, exact: true }).waitFor()
})

test.each(['reduce', 'no-preference'] as const)(
  'the page scrolls as asked: motion %s',
  async (reducedMotion) => {
    const page = await screens.open({ reducedMotion })
    const behavior = await page.locator('html').evaluate((root) => getComputedStyle(root).scrollBehavior)
    expect(behavior).toBe(reducedMotion === 'reduce' ? 'auto' : 'smooth')
  },
)

/** The clip is shorter than the round through all screens. */
async function keepPlaying(page: Page): Promise<void> {
  if (await page.getByRole('button', { name: 'Stop' }).isHidden())
    await page.getByRole('button', { name: 'Play street clip' }).click()
  await page.getByRole('status').filter({ hasText: 'Playing' }).waitFor()
  await page.waitForTimeout(HEARING_MS)
}
