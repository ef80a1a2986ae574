import type { BrowserContextOptions, Page } from 'playwright'
import { expect, it } from 'vitest'
import type { LeafSpectrogram } from '../../../src/view/index.ts'
import { serveScreens } from './served-screens.ts'

const SLOW = { timeout: 60_000 }

const screens = serveScreens({ viewport: { width: 360, height: 2600 } })
let page: Page

/** Opens the page and goes on to an address within it. */
async function open(hash: string, options?: BrowserContextOptions): Promise<void> {
  page = await screens.open(options)
  await page.evaluate((address) => {
    location.hash = address
  }, hash)
  await panes().first().waitFor()
}

const panes = () => page.locator('#screen-compare article')
const chosen = () =>
  panes()
    .locator('select')
    .evaluateAll((all) => all.map((select) => (select as HTMLSelectElement).value))
const address = () => page.evaluate(() => location.hash)

const spectrograms = () => panes().locator('leaf-spectrogram')

/** CSS pixels at the right of a picture that its legend takes. */
const LEGEND = 60

/** Of the newest part of each picture: how many colours it has, one while there is nothing to see, and how bright it is. */
function newest(): Promise<{ colors: number; brightness: number }[]> {
  return spectrograms().evaluateAll(
    (all, legend) =>
      all.map((element) => {
        const canvas = element.shadowRoot?.querySelector('canvas') as HTMLCanvasElement
        const { width, height } = canvas
        // Read from a copy: the browser warns of a canvas that is read often.
        const copy = new OffscreenCanvas(width >> 3, height >> 2).getContext(
          '2d',
        ) as OffscreenCanvasRenderingContext2D
        copy.drawImage(canvas, -(width - (width >> 3) - legend), -(height >> 1))
        const { data } = copy.getImageData(0, 0, width >> 3, height >> 2)
        const red = data.filter((_, i) => i % 4 === 0)
        const brightness = red.reduce((sum, value) => sum + value, 0) / red.length
        return { colors: new Set(new Uint32Array(data.buffer)).size, brightness }
      }),
    LEGEND,
  )
}

const colors = async () => (await newest()).map((part) => part.colors)

/** How many of the pictures have frames coming. */
async function fed(): Promise<number> {
  const frames = await spectrograms().evaluateAll((all) => all.map((one) => (one as LeafSpectrogram).frames))
  return frames.filter((source) => source !== null).length
}

const lively = (count: number) => (all: number[]) => all.length === count && all.every((one) => one > 20)

it('shows what each frontend makes of one sound, and what it costs', async () => {
  await open('compare?leaf,mel-log')
  expect(await chosen()).toEqual(['leaf', 'mel-log'])
  await panes().nth(1).getByText('µs').waitFor(SLOW)
  expect(await panes().first().getByText('280 numbers').count()).toBe(1)
  await page.getByRole('button', { name: 'Play street clip' }).click(SLOW)
  await expect.poll(colors, SLOW).toSatisfy(lively(2))
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)

  await page.getByRole('button', { name: 'Add a frontend' }).click()
  await expect.poll(colors, SLOW).toSatisfy(lively(3))
  expect(await fed()).toBe(3)

  await page.getByRole('link', { name: 'Listen' }).click()
  await expect.poll(fed).toBe(0)
})

it('shows in one view that a logarithm keeps a fan bright and PCEN lets it fade, and what the model says', async () => {
  await open('compare', { viewport: { width: 1440, height: 900 } })
  expect(await chosen()).toEqual(['events', 'events-initial', 'mel-log'])
  for (const pane of await panes().all()) {
    const { y, height } = (await pane.boundingBox())!
    expect(y + height).toBeLessThanOrEqual(900)
  }
  await page.getByRole('button', { name: 'A fan, 10 dB below a voice' }).click()
  await expect.poll(newest, SLOW).toSatisfy(([, initial, mel]: { brightness: number }[]) => {
    return mel.brightness > 100 && initial.brightness < mel.brightness / 3
  })
  const own = panes().first().locator('.own')
  await expect.poll(() => own.textContent(), SLOW).toMatch(/^Its own model: .+ \d+ %/)

  const frozen = () => spectrograms().evaluateAll((all) => all.map((one) => (one as LeafSpectrogram).frozen))
  await page.getByRole('button', { name: 'Freeze all' }).click()
  expect(await frozen()).toEqual([true, true, true])
  // One picture's own key lets all go on.
  await spectrograms().nth(1).getByRole('application').press('f')
  expect(await frozen()).toEqual([false, false, false])
  await page.getByRole('button', { name: 'Stop' }).click()
  expect(await frozen()).toEqual([true, true, true])
  await page.getByRole('button', { name: 'Play again' }).click()
  await page.getByText('Playing a fan and a sentence').waitFor(SLOW)
  expect(await frozen()).toEqual([false, false, false])
})

it('adds, changes and removes frontends by keyboard, and keeps them in the address', async () => {
  await open('compare?leaf,mel-log')
  await page.getByRole('button', { name: 'Add a frontend' }).press('Enter')
  const third = page.getByLabel('Frontend 3').and(page.locator('select'))
  expect(await third.evaluate((select) => select === document.activeElement)).toBe(true)
  await page.keyboard.type('SincNet+')
  await expect.poll(address).toBe('#compare?leaf,mel-log,sincnet-plus')
  await page.getByRole('button', { name: 'Remove frontend 1' }).press('Enter')
  await expect.poll(address).toBe('#compare?mel-log,sincnet-plus')
  const add = page.getByRole('button', { name: 'Add a frontend' })
  expect(await add.evaluate((button) => button === document.activeElement)).toBe(true)
  expect(await page.getByRole('button', { name: 'Remove frontend 1' }).isHidden()).toBe(true)
  await add.press('Enter')
  await add.press('Enter')
  expect(await add.isDisabled()).toBe(true)

  const shared = await address()
  await page.getByRole('link', { name: 'Listen' }).click()
  await page.getByRole('link', { name: 'Compare' }).click()
  await expect.poll(address).toBe(shared)
})

it('says what is wrong with an address, and shows something all the same', async () => {
  await open('compare?leaf,nothing')
  await page.getByRole('alert').filter({ hasText: 'There is no frontend “nothing”.' }).waitFor()
  await page.getByRole('alert').filter({ hasText: 'Choose from these: ' }).waitFor()
  expect(await chosen()).toEqual(['events', 'events-initial', 'mel-log'])
})
