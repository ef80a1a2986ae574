import '@tensorflow/tfjs-backend-wasm'
import type { Page } from 'playwright'
import { expect, inject, it } from 'vitest'
import type { FrontendDescription } from '../../../src/frontend/index.ts'
import { loadClassifier } from '../../../src/inference/node.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { noise } from '../../../src/learning/sound/sound.ts'
import { type Model, readModel } from '../../../src/model/index.ts'
import type { FrameSource } from '../../../src/view/index.ts'
import {
  downloaded,
  growth,
  RATE,
  recording,
  SOUNDS,
  type SoundName,
  seriousFaults,
  serveScreens,
  wavFile,
} from './served-screens.ts'

/** Of each sound: two files of four. Half of all are measured. */
const EXAMPLES = 8
const MEASURED = 12

const screens = serveScreens()
let page: Page

type Frames = (readonly [index: number, features: readonly number[]])[]

declare global {
  interface Window {
    /** What the live picture has shown. */
    heard: Frames
  }
}

async function open(): Promise<void> {
  page = await screens.open()
}

const visit = (screen: string) => page.getByRole('link', { name: screen, exact: true }).click()
const part = (name: string) => page.locator(`.adapt [data-part="${name}"]`)
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

/** A hiss as loud as the sounds are. */
const hiss = (seconds: number, seed: number) =>
  noise(seconds * RATE, 'white', new Random(seed)).map((value) => 0.15 * value)

/** Teaches the page three sounds. @returns the model */
async function teach(): Promise<Model> {
  await page.locator('.class').first().waitFor()
  for (const name of Object.keys(SOUNDS) as SoundName[]) {
    if (name !== 'background') {
      await page.getByLabel('Name of a sound').fill(name)
      await press('Add it')
    }
    const files = [1, 2].map((seed) => wavFile(`${name} ${seed}`, recording(name, 4, seed)))
    await page.getByLabel(`Sound files of ${name}`).setInputFiles(files)
  }
  await page.getByText(`${EXAMPLES} examples`).nth(2).waitFor()
  await press('Train')
  await page.getByText(/Right on/).waitFor()
  return model('Save model')
}

const model = async (button: string) => readModel((await downloaded(page, button)).bytes)

/** Rows of the table of results: sounds that are right, as taught and adapted. */
async function figures(): Promise<number[][]> {
  const rows = await part('figures').locator('tr:has(th[scope=row])').allTextContents()
  return rows.map((row) => [...row.matchAll(/(\d+) of 12/g)].map(([, right]) => Number(right)))
}

/** What the picture of PCEN shows. */
const shownFilters = () =>
  part('filters').evaluate((element) => {
    const { initial, frontend } = element as unknown as Record<'initial' | 'frontend', FrontendDescription>
    return { initial, frontend }
  })

/** Writes down what comes out of the ear that listens. */
const writeDown = () =>
  part('live').evaluate((element) => {
    const picture = element as unknown as { frames: FrameSource }
    const source = picture.frames
    window.heard = []
    picture.frames = {
      drain: (onFrame) =>
        source.drain((index, time, values) => {
          window.heard.push([index, Array.from(values)])
          onFrame(index, time, values)
        }),
    }
  })

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

it('adapts PCEN of a taught model to a hiss, shows what it won, changes over live, and keeps it', async () => {
  await open()
  await visit('Adapt')
  await part('subject').getByText('The page’s model: alarm').waitFor()
  expect(await part('steps').isHidden()).toBe(true)
  await page.getByRole('link', { name: 'teach it your sounds' }).click()
  const taught = await teach()

  await visit('Adapt')
  await page.getByText('Your model: background, beep, thud · 24 examples').waitFor()
  const adapt = page.getByRole('button', { name: 'Adapt', exact: true })
  expect(await adapt.isDisabled()).toBe(true)
  await page.getByLabel('Noise file').setInputFiles(wavFile('hiss', hiss(12, 1)))
  await page.getByText('12 s of the room, at -16 dBFS').waitFor()
  await part('picture').scrollIntoViewIfNeeded()
  await page.waitForFunction(() => {
    const picture = document.querySelector('.adapt [data-part=picture]')?.shadowRoot?.querySelector('canvas')
    return picture?.getAttribute('aria-label')?.includes('of the last 12 seconds')
  })

  await page.locator('[name="adapt-snr"][value="0"]').check()
  await adapt.click()
  await press('Stop')
  await page.getByText('Stopped: your model is as it was.').waitFor()
  expect(await part('outcome').isHidden()).toBe(true)
  await adapt.click()
  await page.getByText(/Adapted in \d+ s from 12 sounds \(12 s\), which are 0 dB above the room/).waitFor()

  const [[was, is], inQuiet] = await figures()
  expect(is).toBeGreaterThan(was)
  expect(inQuiet).toEqual([MEASURED, MEASURED])
  // Four of the twelve or so: the words depend on whether that is beyond chance.
  await page.getByText(`in the room ${is} of ${MEASURED} sounds are right, ${was} before.`).waitFor()
  const gains = await part('figures').locator('td:nth-child(4)').allTextContents()
  expect(gains[0].startsWith(`+${is - was} (`)).toBe(true)
  expect(gains[0]).toMatch(/^\+\d+ \((−1|0|\+\d+) to \+\d+\)$/)
  expect(gains[1]).toBe('0 (0 to 0)')
  const { initial, frontend } = await shownFilters()
  expect(initial).toEqual(taught.frontend)
  expect({ ...frontend, compression: null }).toEqual({ ...initial, compression: null })
  expect(frontend.compression).not.toEqual(initial.compression)

  await page.getByLabel('Sound file', { exact: true }).setInputFiles(wavFile('hiss', hiss(20, 2)))
  await part('live').scrollIntoViewIfNeeded()
  await part('live').getByText('What the chosen ear makes').waitFor({ state: 'hidden' })
  await writeDown()
  await page.waitForFunction(() => window.heard.length > 200)
  const before = await page.evaluate(() => window.heard.splice(0).slice(100))
  await page.getByRole('radio', { name: 'Adapted' }).check()
  await page.getByText(/PCEN adapted since 0:\d\d\.\d of the sound, without a gap/).waitFor()
  // However many frames came before it was changed over.
  const changed = await page.evaluate(() => window.heard.length)
  await page.waitForFunction((count) => window.heard.length > count, changed + 300)
  const after = await page.evaluate(() => window.heard)
  const all = [...before, ...after]
  expect(all.map(([index]) => index)).toEqual(all.map((_, i) => all[0][0] + i))
  const steady = (frames: Frames) =>
    frames[0][1].map((_, n) => average(frames.map(([, values]) => values[n])))
  const apart = (some: Frames, others: Frames) => {
    const [one, other] = [steady(some), steady(others)]
    return average(one.map((value, n) => Math.abs(value / other[n] - 1)))
  }
  // Further than two halves of the same ear's frames are by chance.
  const half = before.length >> 1
  const chance = apart(before.slice(0, half), before.slice(half))
  expect(apart(after.slice(-100), before)).toBeGreaterThan(1.8 * chance)
  await page.getByRole('radio', { name: 'As taught' }).check()
  await page.getByText(/PCEN as taught since/).waitFor()
  expect(await growth(part('events'))).toBe(0)

  expect(await seriousFaults(page)).toEqual([])

  const kept = await model('Keep the adapted model')
  await page.getByText('Kept, and saved as a file').waitFor()
  expect(kept.frontend).toEqual(frontend)
  expect(kept.classifier).toEqual(taught.classifier)
  expect(await loadClassifier(kept)).toMatchObject({ backend: 'wasm' })

  await page.reload()
  await page.getByText('A model that you adapted and kept before').waitFor()
  expect(await page.getByRole('radio', { name: 'Adapted' }).isVisible()).toBe(true)
  await visit('Teach')
  await page.getByText('A model of yours: Background, Beep, Thud').waitFor()
})

it('says what a model lacks to be adapted, and records the room once it lacks nothing', async () => {
  await open()
  await visit('Teach')
  await page
    .getByLabel('Saved examples or model')
    .setInputFiles(`${inject('demo')}/models/events.safetensors`)
  await page.getByText('A model of yours').waitFor()
  await visit('Adapt')
  await page.getByText(/Your model: .* · 0 examples/).waitFor()
  await part('lack').getByText('There is no example here of any sound of this model: ').waitFor()
  expect(await part('steps').isHidden()).toBe(true)
  await page.getByRole('link', { name: 'Record them in Teach' }).click()
  for (const name of ['speech', 'music']) {
    await page.getByLabel('Name of a sound').fill(name)
    await press('Add it')
    await page.getByLabel(`Sound files of ${name}`).setInputFiles([wavFile(name, recording('beep', 6, 1))])
  }
  await page.getByText('6 examples').nth(1).waitFor()
  await visit('Adapt')
  await part('lacking').waitFor({ state: 'hidden' })
  await press('Record the room')
  await page.getByRole('button', { name: 'Stop · 4 s' }).waitFor()
  await part('record').click()
  await page.getByText(/^[4-9] s of the room, at -\d+ dBFS$/).waitFor()
  await page.getByRole('button', { name: 'Record it again' }).waitFor()
  expect(await page.getByRole('button', { name: 'Adapt', exact: true }).isEnabled()).toBe(true)
})
