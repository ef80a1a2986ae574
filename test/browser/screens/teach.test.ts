import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { readModel } from '../../../src/model/index.ts'
import { type OpenDemo, openDemo, type ServedDemo, serveDemo } from '../demo-page.ts'
import { launchBrowser } from '../harness.ts'
import { floatWav } from '../microphone-file.ts'

const RATE = 16000

let demo: ServedDemo
let browser: Browser
let opened: OpenDemo
let page: Page

beforeAll(async () => {
  demo = await serveDemo()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await demo?.close()
})

afterEach(() => page.context().close())

async function open(): Promise<void> {
  opened = await openDemo(await browser.newContext({ acceptDownloads: true }), demo.url)
  page = opened.page
  await visit()
}

async function visit(): Promise<void> {
  await page.getByRole('link', { name: 'Teach' }).click()
  await page.getByRole('heading', { name: 'Teach it your own sounds' }).waitFor()
  await card('background').waitFor()
}

const card = (name: string) =>
  page.locator('.class').filter({ has: page.locator(`input.name[data-name="${name}"]`) })
const count = (name: string, text: string | RegExp) =>
  card(name).locator('.count').filter({ hasText: text }).waitFor()

/** A sound once a second, each time a little different, over a soft noise. */
function recording(times: number, seed: number, sound: (t: number, pitch: number) => number): Buffer {
  const samples = Float32Array.from({ length: times * RATE }, (_, i) => {
    const noise = 0.002 * Math.sin(i * i * 0.37 + seed)
    const t = (i % RATE) / RATE - 0.3
    const pitch = 1 + 0.1 * Math.sin(Math.floor(i / RATE) * 7 + seed)
    return noise + (t >= 0 && t < 0.4 ? sound(t, pitch) : 0)
  })
  return Buffer.from(floatWav(samples, RATE))
}

const beep = (t: number, pitch: number) => 0.3 * Math.sin(2 * Math.PI * 1800 * pitch * t)
const thud = (t: number, pitch: number) => 0.6 * Math.exp(-25 * t) * Math.sin(2 * Math.PI * 120 * pitch * t)
const nothing = () => 0

async function give(name: string, sound: (t: number, pitch: number) => number): Promise<void> {
  const files = [1, 2, 3].map((seed) => ({
    name: `${name}${seed}.wav`,
    mimeType: 'audio/wav',
    buffer: recording(4, seed, sound),
  }))
  await card(name).locator('input.files').setInputFiles(files)
  await count(name, '12 examples')
}

async function addClass(name: string): Promise<void> {
  await page.getByLabel('Name of a sound').fill(name)
  await page.getByRole('button', { name: 'Add it' }).click()
  await card(name).waitFor()
}

it('learns two sounds from a few files, hears them at once, keeps and gives away what it learned', async () => {
  await open()
  const train = page.getByRole('button', { name: 'Train' })
  expect(await train.isDisabled()).toBe(true)
  await addClass('beep')
  await addClass('thud')
  await give('background', nothing)
  await give('beep', beep)
  await give('thud', thud)
  await train.click()
  await page.getByText(/Right on \d+ % of the held-out examples/).waitFor()
  const accuracy = Number((await page.getByText(/Right on/).textContent())!.match(/(\d+) %/)![1])
  expect(accuracy).toBeGreaterThanOrEqual(80)
  expect(await page.locator('.confusion tr').count()).toBe(4)

  const sound = { name: 'beeps.wav', mimeType: 'audio/wav', buffer: recording(6, 9, beep) }
  await page.getByLabel('Sound file', { exact: true }).setInputFiles(sound)
  await page.locator('.teach leaf-events li').filter({ hasText: 'Beep' }).first().waitFor()

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save model' }).click()
  const model = readModel(await readFile(await (await saving).path()))
  expect(model.labels).toEqual(['background', 'beep', 'thud'])

  await page.reload()
  await visit()
  await count('beep', '12 examples')
  await page.getByText('A model of yours: Background, Beep, Thud').waitFor()
  expect(opened.complaints).toEqual([])
})

it('deletes, undoes, renames, and carries examples from one browser to another', async () => {
  await open()
  await addClass('beep')
  await give('beep', beep)
  await card('beep').locator('.examples .delete').first().click()
  await count('beep', '11 examples')
  await page.getByRole('button', { name: 'Undo' }).click()
  await count('beep', '12 examples')
  await card('beep').getByRole('button', { name: 'Delete', exact: true }).click()
  await card('beep').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await count('beep', '12 examples')
  await card('beep').locator('input.name').fill('peep')
  await card('beep').locator('input.name').press('Enter')
  await count('peep', '12 examples')

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save examples' }).click()
  const archive = await readFile(await (await saving).path())
  await page.context().close()
  await open()
  await page.getByLabel('Saved examples or model').setInputFiles({
    name: 'my-sounds.zip',
    mimeType: 'application/zip',
    buffer: archive,
  })
  await count('peep', '12 examples')
  await page.getByLabel('Saved examples or model').setInputFiles({
    name: 'broken.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from('no archive'),
  })
  await page.getByRole('alert').filter({ hasText: 'broken.zip holds no examples' }).waitFor()
  await count('peep', '12 examples')
  expect(opened.complaints).toEqual([])
})

it('records from the microphone', async () => {
  await open()
  await card('background').getByRole('button', { name: 'Record' }).click()
  await card('background').getByRole('button', { name: 'Stop · 3 s' }).waitFor()
  await card('background').getByRole('button', { name: /Stop/ }).click()
  await count('background', / examples, [3-9] s/)
  expect(opened.complaints).toEqual([])
})
