import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright'
import { expect, it } from 'vitest'
import type { LeafFilters } from '../../../src/view/index.ts'
import { downloaded, serveScreens } from './served-screens.ts'

const learned = fileURLToPath(new URL('../../golden/checkpoints/leaf-pytorch.safetensors', import.meta.url))
const keras = fileURLToPath(new URL('../../golden/checkpoints/tf-leaf.npz', import.meta.url))

declare global {
  interface Window {
    /** Frequencies of all tones that the page has played, Hz. */
    tones: number[]
  }
}

const screens = serveScreens({ viewport: { width: 360, height: 900 } }, (context) =>
  context.addInitScript(() => {
    window.tones = []
    const { start } = AudioScheduledSourceNode.prototype
    AudioScheduledSourceNode.prototype.start = function (when) {
      if (this instanceof OscillatorNode) window.tones.push(this.frequency.value)
      start.call(this, when)
    }
  }),
)
let page: Page

async function open(): Promise<void> {
  page = await screens.open()
  await page.getByRole('link', { name: 'Look' }).click()
  await page.getByText('The ear of the Tasks screen').waitFor()
}

const share = () => page.getByLabel('From initial to learned')
const chooser = () => page.getByLabel('Chosen filter, by rising frequency')
const tones = () => page.evaluate(() => window.tones)

/** Rows of the chosen filter's table: initial and now. */
async function figures(): Promise<string[][]> {
  const rows = await page.locator('#screen-look tbody tr').all()
  return Promise.all(rows.map((row) => row.locator('td').allTextContents()))
}

const same = (rows: string[][]) => rows.length > 0 && rows.every(([initial, now]) => initial === now)

it('moves between initial and learned, and plays the filter that is chosen, by keyboard', async () => {
  await open()
  expect(await share().isEnabled()).toBe(true)
  await page.getByRole('combobox', { name: 'Frontend' }).selectOption('leaf')
  await page.getByText('None of its numbers has been learned').waitFor()
  expect(await share().isDisabled()).toBe(true)
  // A large file takes long to read, and the page does not stand still.
  const reading = page.waitForRequest(/reading-worker/)
  await page.getByLabel('Model file').setInputFiles(learned)
  await reading
  await page.getByText('weights of leaf-pytorch').waitFor()
  // Drawn only once it is seen.
  await page.locator('leaf-filters').scrollIntoViewIfNeeded()
  await page.locator('leaf-filters input[max="40"]').waitFor()
  await chooser().press('ArrowRight')
  await page.getByRole('heading', { name: /^Filter \d+$/ }).waitFor()
  expect(await figures()).toHaveLength(7)
  await expect.poll(figures).not.toSatisfy(same)
  const [[, center]] = await figures()
  await expect.poll(tones).toHaveLength(1)
  const [tone] = await tones()
  expect(Math.abs(tone - Number(center))).toBeLessThan(1)
  await expect.poll(() => filters((element) => element.frames !== null)).toBe(true)

  await share().press('Home')
  await expect.poll(figures).toSatisfy(same)
  await share().press('End')
  expect((await figures())[0][1]).toBe(center)

  await page.getByLabel('Play a tone at its centre').press('Space')
  await chooser().press('ArrowRight')
  await expect.poll(async () => (await figures())[0][1]).not.toBe(center)
  expect(await tones()).toHaveLength(1)

  await page.getByRole('link', { name: 'Listen' }).click()
  await expect.poll(() => filters((element) => element.frames !== null)).toBe(false)
})

it('takes an address that nobody wrote for what it is', async () => {
  await open()
  await page.evaluate(() => {
    location.hash = 'look?50%'
  })
  await page.getByRole('alert').filter({ hasText: 'There is no frontend “50%”.' }).waitFor()
})

it('gives the pictures and the numbers away as files', async () => {
  await open()
  // What is drawn once it is in sight moves the buttons below it.
  await page.locator('#screen-look leaf-filters').evaluate((element) => element.scrollIntoView())
  await page.locator('#screen-look leaf-filters .grid').waitFor()
  expect(await downloaded(page, 'SVG')).toMatchObject({ name: 'filters-of-leaf-learned-tasks.svg' })
  expect((await downloaded(page, 'SVG')).bytes.toString()).toMatch(/^<svg/)
  expect((await downloaded(page, 'PNG')).bytes.subarray(1, 4).toString()).toBe('PNG')
  expect((await downloaded(page, 'CSV')).bytes.toString().trim().split('\n')).toHaveLength(41)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
})

it('lays another frontend beneath where the sizes are the same, and says why where they are not', async () => {
  await open()
  const beneath = page.getByLabel('Beneath it, in grey')
  await beneath.selectOption('events')
  await expect.poll(() => filters((element) => element.beneath)).toBe('LEAF learned: events')
  // What is out of sight is not drawn.
  await page.locator('#screen-look leaf-filters').evaluate((element) => element.scrollIntoView())
  await expect
    .poll(() => filters((element) => element.shadowRoot?.querySelector('.heat')?.textContent))
    .toContain('30 dB below')
  await beneath.selectOption('yamnet')
  await page.getByRole('alert').filter({ hasText: '“YAMNet’s mel, logarithm” has 64 filters' }).waitFor()
  expect(await beneath.inputValue()).toBe('')
  expect(await filters((element) => element.beneath)).toBe('initial')
})

it('takes presets from the choice and from the address, and says what is wrong with a file', async () => {
  await open()
  await page.getByRole('combobox', { name: 'Frontend' }).selectOption('gammatone')
  await expect.poll(() => filters((element) => element.frontend?.filterbank.kind)).toBe('gammatone')
  expect(await page.evaluate(() => location.hash)).toBe('#look?gammatone')
  await page.evaluate(() => {
    location.hash = 'look?mel-log'
  })
  await expect.poll(() => filters((element) => element.frontend?.filterbank.kind)).toBe('mel')

  await page.getByLabel('Model file').setInputFiles(keras)
  await page.getByText('weights of leaf-audio').waitFor()
  const buffer = Buffer.from((await readFile(learned)).subarray(0, 900))
  await page.getByLabel('Model file').setInputFiles({ name: 'torn.safetensors', mimeType: '', buffer })
  await page.getByRole('alert').filter({ hasText: 'Copy it again' }).waitFor()
  expect(await page.getByText('weights of leaf-audio').isVisible()).toBe(true)
})

function filters<Value>(read: (element: LeafFilters) => Value): Promise<Value> {
  const element: Locator = page.locator('#screen-look leaf-filters')
  return element.evaluate(read as (element: Element) => Value)
}
