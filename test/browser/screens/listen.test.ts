import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { strFromU8, unzipSync } from 'fflate'
import type { Page } from 'playwright'
import { beforeEach, expect, it } from 'vitest'
import { readModel, withLabelFigures, writeModel } from '../../../src/model/index.ts'
import { downloaded, growth, serveScreens } from './served-screens.ts'

const eventsModel = fileURLToPath(new URL('../../../demo/public/models/events.safetensors', import.meta.url))
const screens = serveScreens()
let page: Page

beforeEach(async () => {
  page = await screens.open()
})

const play = () => page.getByRole('button', { name: 'Play street clip' }).click()
const heard = (label: string) => page.locator('leaf-events li').filter({ hasText: label }).first()

it('saves what it heard last with its events, and the events alone', async () => {
  await play()
  await heard('Speech').waitFor()
  const { name, bytes } = await downloaded(page, 'Save the last 30 s')
  expect(name).toBe('last-30-seconds.zip')
  const files = unzipSync(bytes)
  const { sampleRate, duration, events } = JSON.parse(strFromU8(files['events.json']))
  expect(events.map(({ label }: { label: string }) => label)).toContain('speech')
  expect(events.every(({ end }: { end: number }) => end <= duration)).toBe(true)
  const wav = files['sound.wav']
  expect(strFromU8(wav.subarray(0, 4))).toBe('RIFF')
  const samples = new Int16Array(wav.slice(wav.length - 2 * Math.round(duration * sampleRate)).buffer)
  expect(duration).toBeGreaterThan(1)
  expect(samples.some((sample) => sample > 1000)).toBe(true)
  expect(strFromU8((await downloaded(page, 'CSV')).bytes)).toMatch(/^head,label,start,end,confidence\r?\n/)
  expect(JSON.parse(strFromU8((await downloaded(page, 'JSON')).bytes))[0]).toHaveProperty('label')
})

it('hears no more of a sound whose threshold is moved above its scores, by keyboard', async () => {
  const speech = page.locator('leaf-events li').filter({ hasText: 'Speech' })
  const score = page.locator('.listen .scores li').filter({ hasText: 'Speech' }).locator('.score')
  const sure = () => score.evaluate((bar) => Number(bar.style.transform.match(/[\d.]+/)![0]) > 0.9)
  await play()
  await speech.waitFor()
  await page.getByRole('button', { name: 'Each sound by itself' }).click()
  await page.getByRole('slider', { name: 'Speech' }).press('End')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(sure, { timeout: 15_000 }).toBe(false)
  await play()
  await expect.poll(sure, { timeout: 15_000 }).toBe(true)
  // Longer than an event takes from a sure score to the list.
  await page.waitForTimeout(2000)
  expect(await speech.count()).toBe(1)
})

it('says of a label what counts as it and how often it is right, and plays one', async () => {
  const model = readModel(await readFile(eventsModel))
  const card = withLabelFigures(model.card, model.labels, [{ label: 'bird', precision: 0.914, recall: 0.5 }])
  const body = Buffer.from(writeModel({ ...model, card }))
  page = await screens.open({}, (context) =>
    context.route('**/events.safetensors', (route) => route.fulfill({ body })),
  )
  const told = page.locator('.label-card')
  await page.getByRole('button', { name: 'Bird', exact: true }).press('Enter')
  expect(await told.textContent()).toContain(
    'right 91 % of the times it named it, and it named 50 % of those there were',
  )
  await told.getByRole('button', { name: 'Hear one' }).press('Enter')
  await heard('Bird').waitFor()
  // Of others nothing is known, or there is nothing to tell.
  await page.getByRole('button', { name: 'Speech', exact: true }).click()
  expect(await told.textContent()).toMatch(/somebody who talks\.\s+Hear one/)
  expect(await page.getByRole('button', { name: 'Silence' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Speech', exact: true }).click()
  expect(await told.isHidden()).toBe(true)
})

it('shows the model that was chosen last, though one before it comes later', async () => {
  const bars = page.locator('.listen .scores li')
  await expect.poll(() => bars.count()).toBe(16)
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/keywords.safetensors', async (route) => {
    await released
    await route.continue()
  })
  const choice = page.getByLabel('Model', { exact: true })
  const asked = page.waitForRequest('**/keywords.safetensors')
  await choice.selectOption('Spoken words')
  await asked
  await choice.selectOption('Sixteen kinds of sound')
  await page.getByRole('heading', { name: 'Events', exact: true }).last().waitFor()
  const answered = page.waitForResponse('**/keywords.safetensors')
  release()
  await (await answered).finished()
  await play()
  await heard('Speech').waitFor()
  expect(await bars.count()).toBe(16)
})

it('says that it cannot hear without a model, and tries again', async () => {
  await page.route('**/keywords.safetensors', (route) => route.fulfill({ status: 404 }))
  await page.getByLabel('Model', { exact: true }).selectOption('Spoken words')
  await page.getByRole('alert').filter({ hasText: '404' }).waitFor()
  await page.getByRole('button', { name: 'Listen' }).click()
  await page.getByRole('status').filter({ hasText: 'Ready' }).waitFor()
  await page.getByRole('alert').filter({ hasText: '404' }).waitFor()
  await page.unroute('**/keywords.safetensors')
  await page.getByRole('button', { name: 'Listen' }).click()
  await page.getByText('Detector ready on').waitFor()
  screens.forgive(/404/)
})

it('listens with another model', async () => {
  await expect.poll(() => page.locator('.listen .scores li').count(), { timeout: 10_000 }).toBe(16)
  await page.getByLabel('Model', { exact: true }).selectOption('Spoken words')
  await expect.poll(() => page.locator('.listen .scores li').count(), { timeout: 10_000 }).toBe(17)
  await play()
  const bars = () =>
    page
      .locator('.listen .score')
      .evaluateAll((all) => all.map((bar) => (bar as HTMLElement).style.transform))
  await expect.poll(async () => new Set(await bars()).size, { timeout: 30_000 }).toBeGreaterThan(2)
  await page.getByLabel('Another model to listen with').setInputFiles({
    name: 'torn.safetensors',
    mimeType: '',
    buffer: Buffer.from('torn'),
  })
  await page.getByRole('alert').filter({ hasText: 'torn.safetensors is no model' }).waitFor()
  expect(await page.getByLabel('Model', { exact: true }).inputValue()).toBe('keywords')
  expect(await page.getByLabel('Model', { exact: true }).textContent()).not.toContain('torn')
  await page.getByText('Detector ready on').waitFor()
})

it('keeps every model that is opened, and offers it on all screens under its name', async () => {
  const choice = page.getByLabel('Model', { exact: true })
  const open = async (name: string, file = name) => {
    const path = fileURLToPath(new URL(`../../../demo/public/models/${file}.safetensors`, import.meta.url))
    const buffer = await readFile(path)
    await page
      .getByLabel('Another model to listen with')
      .setInputFiles({ name: `${name}.safetensors`, mimeType: '', buffer })
    await expect.poll(() => choice.locator('option:checked').textContent()).toContain(`${name} · opened`)
  }
  const own = async (list = choice) =>
    (await list.locator('optgroup[label="In this browser"] option').allTextContents())
      .map((text) => text.split(' · ')[0])
      .sort()
  await open('words', 'keywords')
  await open('sixteen', 'events')
  // The same file once more is the same model.
  await open('words', 'keywords')
  await page.getByLabel('Its name').fill('my words')
  await page.getByLabel('Its name').press('Enter')
  await expect.poll(() => own()).toEqual(['my words', 'sixteen'])

  await page.reload()
  await expect.poll(() => own()).toEqual(['my words', 'sixteen'])
  const id = await choice.locator('option', { hasText: 'my words' }).getAttribute('value')
  await choice.selectOption(id)
  await page.getByRole('heading', { name: 'Keywords', exact: true }).waitFor()
  // A label of a file stays as it is there.
  await page.locator('.listen .scores .name').getByText('smart_mirror', { exact: true }).waitFor()
  await play()
  await page.getByText('Detector ready on').waitFor()
  await page.getByRole('link', { name: 'Look' }).click()
  const looked = page.getByRole('combobox', { name: 'Frontend', exact: true })
  await expect.poll(() => looked.inputValue()).toBe(id)
  expect(await own(looked)).toEqual(['my words', 'sixteen'])
  await page.getByRole('link', { name: 'Compare' }).click()
  const first = page.locator('.pane select').first()
  await expect.poll(() => own(first)).toEqual(['my words', 'sixteen'])
  await page.getByRole('link', { name: 'Adapt' }).click()
  await expect.poll(() => own(page.getByLabel('Model to adapt'))).toEqual(['my words', 'sixteen'])

  await page.getByRole('link', { name: 'Look' }).click()
  const path = fileURLToPath(new URL('../../../demo/public/models/tasks.safetensors', import.meta.url))
  await page.getByLabel('Model file').setInputFiles(path)
  await expect.poll(() => own(looked), { timeout: 10_000 }).toEqual(['my words', 'sixteen', 'tasks'])
  await expect.poll(() => looked.locator('option:checked').textContent()).toContain('tasks · opened')

  await page.getByRole('link', { name: 'Listen' }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('button', { name: 'Delete for good?' }).click()
  await expect.poll(() => own()).toEqual(['sixteen', 'tasks'])
  expect(await choice.inputValue()).toBe('events')
})

it('takes over what an earlier version of the page kept', async () => {
  await page.evaluate(async () => {
    const bytes = new Uint8Array(await (await fetch('./models/keywords.safetensors')).arrayBuffer())
    const done = (request: IDBRequest) =>
      new Promise((resolve, reject) => {
        request.onsuccess = resolve
        request.onerror = reject
      })
    await done(indexedDB.deleteDatabase('leaf-models'))
    const opening = indexedDB.open('leaf-models', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('models')
    await done(opening)
    await done(opening.result.transaction('models', 'readwrite').objectStore('models').put(bytes, 'taught'))
    opening.result.close()
  })
  await page.reload()
  const kept = page.locator('#screen-listen option').filter({ hasText: 'My sounds · taught here' })
  await kept.waitFor({ state: 'attached' })
  await page.getByLabel('Model', { exact: true }).selectOption(await kept.getAttribute('value'))
  await expect.poll(() => page.locator('.listen .scores li').count()).toBe(17)
})

it('says what sounds now, above the fold, and tells screen readers of nothing else', async () => {
  const now = page.locator('.listen .now')
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size)
    const { y, height } = (await now.boundingBox())!
    expect(y + height).toBeLessThan(size.height)
  }
  await page.evaluate(() => {
    const told = new Set<string>()
    Object.assign(window, { told })
    const roots = [
      document,
      ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []),
    ]
    const live = '[aria-live=polite],[aria-live=assertive],[role=status],[role=alert],[role=log],output'
    for (const region of roots.flatMap((root) => [...root.querySelectorAll<HTMLElement>(live)])) {
      const note = () => told.add(region.dataset.part ?? region.id)
      new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true })
    }
  })
  await play()
  await page.getByText('Detector ready on').waitFor()
  // From its beginning, with a detector that is warm.
  await play()
  await page.locator('.listen .now[data-kind=sound]').waitFor({ timeout: 30_000 })
  await page.locator('leaf-events li').first().waitFor()
  const sound = page.locator('[data-part=sound]')
  const first = await sound.textContent()
  await expect.poll(() => sound.textContent(), { timeout: 30_000 }).not.toBe(first)
  await page
    .locator('.past li')
    .filter({ hasText: `${first}` })
    .waitFor()
  const told = await page.evaluate(() => [...(window as unknown as { told: Set<string> }).told])
  expect(told.sort()).toEqual(['status', 'told'])
  expect(await growth(page.locator('.listen leaf-events'))).toBe(0)
  expect(await page.locator('#intro').getByText('A learnable ear').isVisible()).toBe(false)
})
