import { fileURLToPath } from 'node:url'
import { strToU8, zipSync } from 'fflate'
import type { BrowserContextOptions, Page } from 'playwright'
import { expect, it } from 'vitest'
import { readModel } from '../../../src/model/index.ts'
import {
  downloaded,
  growth,
  RATE,
  recording,
  type SoundName,
  seriousFaults,
  serveScreens,
  wavFile,
} from './served-screens.ts'

/** Labels of the model that is taught here. */
const OWN = ['background', 'beep', 'impact']

/** What the examples that come with the page teach. */
const WORDS = ['computer', 'jarvis', 'snowboy']

const screens = serveScreens()
let page: Page

async function open(options?: BrowserContextOptions): Promise<void> {
  page = await screens.open(options)
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

const asksBeforeLeaving = () =>
  page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })))

/** Two files of three examples. @param name of the class */
async function give(sound: SoundName, name: string = sound): Promise<void> {
  const files = [1, 2].map((seed) => wavFile(`${sound} ${seed}`, recording(sound, 3, seed)))
  await card(name).locator('input.files').setInputFiles(files)
  await count(name, '6 examples')
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
  await page.getByText('Waits for a second sound.').waitFor()
  await addClass('beep')
  await addClass('impact')
  await page.getByText('Waits for 2 examples each of: beep, impact.').waitFor()
  await give('background')
  await give('beep')
  await give('thud', 'impact')
  await train.click()
  await page.getByText(/Right on \d+ % of the held-out examples/).waitFor()
  const accuracy = Number((await page.getByText(/Right on/).textContent())!.match(/(\d+) %/)![1])
  expect(accuracy).toBeGreaterThanOrEqual(80)
  expect(await page.locator('.confusion tr').count()).toBe(4)
  // As they were written, though a label of the page's own model has another name.
  expect(await page.locator('.confusion th[scope=row]').allTextContents()).toEqual(OWN)
  expect(await page.locator('.teach .scores .name').allTextContents()).toEqual(OWN)

  // It listens at once, in sight; the microphone goes with the screen.
  await page.getByRole('status').filter({ hasText: 'Listening' }).waitFor()
  const verdict = page.getByText(/Right on \d+ %/)
  // The page scrolls smoothly.
  await expect
    .poll(() => verdict.evaluate((told) => told.getBoundingClientRect().top), { timeout: 15_000 })
    .toBeLessThan(400)
  await page.getByRole('link', { name: 'Listen' }).click()
  await page.getByRole('status').filter({ hasText: 'Ready' }).waitFor()
  expect(await page.evaluate(() => window.trackStates())).toEqual(['ended'])
  await visit()

  await page
    .getByLabel('Files to test with')
    .setInputFiles([
      wavFile('beep 8', recording('beep', 2, 8)),
      wavFile('a beep that is none', recording('thud', 2, 8)),
      wavFile('quiet', recording('background', 2, 8)),
    ])
  await page.getByText('1 of 2 files right (50 %).').waitFor()
  await page.getByLabel('What quiet.wav should be').selectOption('background')
  await page.getByText('2 of 3 files right (67 %).').waitFor()
  const heard = page.locator('[data-part=testedFiles] td:last-child')
  expect(await heard.allTextContents()).toEqual([
    expect.stringMatching(/^✓ beep \(\d+ %\)$/),
    expect.stringMatching(/^✗ impact \(\d+ %\)$/),
    '✓ background',
  ])
  expect(await page.locator('[data-part=testedConfusion] td').allTextContents()).toEqual([
    '',
    ...'100',
    ...'011',
    ...'000',
  ])
  expect(await seriousFaults(page)).toEqual([])

  const beeps = wavFile('beeps', recording('beep', 6, 9))
  await page.getByLabel('Sound file', { exact: true }).setInputFiles(beeps)
  await page.locator('.teach leaf-events li .label').getByText('beep', { exact: true }).first().waitFor()
  expect(await growth(page.locator('.teach leaf-events'))).toBe(0)

  const model = readModel((await downloaded(page, 'Save model')).bytes)
  expect(model.labels).toEqual(OWN)

  await page.getByRole('radio', { name: 'Everything' }).check()
  await page.getByRole('button', { name: 'Train' }).click()
  const teach = page.getByRole('region', { name: 'Teach' })
  await teach.getByText(/Getting ready|Listening to your examples/).waitFor()
  expect(await asksBeforeLeaving()).toBe(true)
  await card('impact').getByRole('button', { name: 'Delete impact' }).click()
  await page.getByText('Stopped: impact was deleted or renamed while it was learned').waitFor()
  await page.getByText(/Right on \d+ %/).waitFor()
  await page.getByText('Examples have changed since this model was taught').waitFor()
  expect(await asksBeforeLeaving()).toBe(false)
  await page.getByRole('button', { name: 'Undo' }).click()
  await count('impact', '6 examples')

  await page.reload()
  await visit()
  await count('beep', '6 examples')
  const taught = page.getByText('A model of yours: background, beep, impact')
  await taught.waitFor()

  const keywords = fileURLToPath(new URL('../../../demo/public/models/keywords.safetensors', import.meta.url))
  await page.getByLabel('Saved examples or model').setInputFiles(keywords)
  await page.getByText('A model of yours: ').filter({ hasNotText: 'impact' }).waitFor()
  await page.getByRole('link', { name: 'Listen' }).click()
  const offered = page.locator('#screen-listen option')
  await offered.filter({ hasText: 'keywords · opened' }).waitFor({ state: 'attached' })
  await page.reload()
  await visit()
  await taught.waitFor()
  await page.getByRole('link', { name: 'Listen' }).click()
  const own = offered.filter({ hasText: 'beep, impact · taught here' })
  await own.waitFor({ state: 'attached' })
  await page.getByLabel('Model', { exact: true }).selectOption(await own.getAttribute('value'))
  await expect.poll(() => page.locator('.listen .scores .name').allTextContents()).toEqual(OWN)
})

it('deletes, undoes, renames, and carries examples from one browser to another', async () => {
  await open()
  await addClass('beep')
  await give('beep')
  await card('beep').locator('.examples .delete').first().click()
  await count('beep', '5 examples')
  await page.getByRole('button', { name: 'Undo' }).click()
  await count('beep', '6 examples')
  await card('beep').getByRole('button', { name: 'Delete beep', exact: true }).click()
  await card('beep').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await count('beep', '6 examples')
  await card('beep').locator('input.name').fill('peep')
  await card('beep').locator('input.name').press('Enter')
  await count('peep', '6 examples')
  const buttons = card('peep').locator('button:visible')
  const unnamed = buttons.and(page.locator(':not([aria-label*=peep])'))
  expect([await buttons.count(), await unnamed.count()]).toEqual([15, 0])

  const { bytes } = await downloaded(page, 'Save examples')
  await open({})
  await page.getByLabel('Saved examples or model').setInputFiles({
    name: 'my-sounds.zip',
    mimeType: 'application/zip',
    buffer: bytes,
  })
  await count('peep', '6 examples')
  await page.getByLabel('Saved examples or model').setInputFiles({
    name: 'my-sounds once more.zip',
    mimeType: 'application/zip',
    buffer: bytes,
  })
  await page.getByRole('alert').filter({ hasText: '6 of 6 examples' }).waitFor()
  await count('peep', '6 examples')
  await page.getByLabel('Saved examples or model').setInputFiles({
    name: 'broken.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from('no archive'),
  })
  await page.getByRole('alert').filter({ hasText: 'broken.zip holds no examples' }).waitFor()
  await count('peep', '6 examples')

  const rows = new Array<string>(100_000).fill('1.wav,rain,train,one')
  // Read alike, it is the same class.
  rows[1] = rows[1].replace('rain', 'Rain')
  await page.getByLabel('Saved examples or model').setInputFiles({
    name: 'endless.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(
      zipSync({
        '1.wav': wavFile('rain', recording('beep', 1, 1)).buffer,
        'manifest.csv': strToU8(['file,label,split,group', ...rows].join('\n')),
      }),
    ),
  })
  await page.getByRole('button', { name: /^Stop loading: [1-9]\d* of 100000/ }).click()
  await page.getByRole('button', { name: 'Load', exact: true }).waitFor()
  await card('rain').waitFor()
  expect(await page.locator('.class').count()).toBe(3)
  expect(await page.getByRole('alert').isHidden()).toBe(true)
})

it('says what the browser has no room for until it is kept, whatever succeeds or fails meanwhile', async () => {
  page = await screens.open({})
  const problem = (text: string) => page.getByRole('alert').filter({ hasText: text })
  const load = (file: string) => page.getByLabel('Saved examples or model').setInputFiles(file)
  const session = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  // Before anything is written: the browser asks for its quota now and then only.
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 })
  await visit()
  await addClass('beep')
  await give('beep')
  await problem('no more room to keep examples').waitFor()
  await load(fileURLToPath(new URL('../../../demo/public/models/keywords.safetensors', import.meta.url)))
  await problem('does not keep your').waitFor()
  // A success, a failure of another kind, and a new attempt.
  await card('beep').locator('.examples .play').first().click()
  await load(fileURLToPath(import.meta.url))
  await problem('teach.test.ts holds no examples').waitFor()
  await page.getByRole('button', { name: 'Listen' }).click()
  await page.getByRole('status').filter({ hasText: 'Listening' }).waitFor()
  await problem('holds no examples').waitFor({ state: 'detached' })
  await problem('no more room to keep examples').waitFor()
  await problem('does not keep your').waitFor()
  await page.getByRole('link', { name: 'Listen' }).click()
  await page
    .locator('#screen-listen option')
    .filter({ hasText: 'keywords · opened' })
    .waitFor({ state: 'attached' })

  expect(await asksBeforeLeaving()).toBe(true)
  await session.send('Storage.overrideQuotaForOrigin', { origin })
  await page.getByRole('button', { name: 'Try again' }).last().click()
  await problem('does not keep your').waitFor({ state: 'detached' })
  await problem('no more room to keep examples').waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('alert').waitFor({ state: 'hidden' })
  expect(await asksBeforeLeaving()).toBe(false)
  await page.reload()
  await visit()
  await count('beep', '6 examples')
})

it('takes no file twice, nothing from silence or a blip, and no more than a minute from a long one', async () => {
  await open()
  const problem = (text: string | RegExp) => page.getByRole('alert').filter({ hasText: text }).waitFor()
  const add = (...files: Parameters<typeof wavFile>) =>
    card('dog')
      .locator('input.files')
      .setInputFiles(wavFile(...files))
  await addClass('dog')
  await page.getByLabel('Name of a sound').fill('DOG')
  await page.getByRole('button', { name: 'Add it' }).click()
  await problem('There is a class "dog" already')
  const longest = 'x'.repeat(100)
  await addClass(longest)
  await page.getByLabel('Name of a sound').fill(`${longest}x`)
  await page.getByRole('button', { name: 'Add it' }).click()
  await problem('Use 1 to 100 characters')
  await card(longest).locator('input.name').fill('Dog')
  await card(longest).locator('input.name').press('Enter')
  await problem('There is a class "dog" already')

  const dither = Float32Array.from({ length: 3 * RATE }, (_, i) => Math.round(1.4 * Math.sin(i * i)) / 32768)
  await add('dither', dither)
  await problem('dither.wav is silent')
  await add('blip', recording('beep', 1, 1).subarray(0.4 * RATE, 0.45 * RATE))
  await problem('50 ms long')
  await count('dog', 'No examples yet')
  await add('barks', recording('beep', 4, 1))
  await count('dog', '4 examples')
  await add('barks, a copy', recording('beep', 4, 1))
  await problem('barks, a copy.wav is among the examples of dog already')
  const told = await card('dog')
    .locator('.pick')
    .evaluateHandle((button) => {
      const texts: string[] = []
      new MutationObserver(() => texts.push(button.textContent!)).observe(button, { childList: true })
      return texts
    })
  await add('long', recording('beep', 100, 2))
  await problem('long.wav holds 100 examples of dog; 60 were taken')
  await count('dog', '64 examples')
  expect(await told.jsonValue()).toEqual(['Reading long.wav …', 'Add files'])
})

it('records nothing when the microphone is allowed after it was given up, or the screen left', async () => {
  page = await screens.open({}, (context) =>
    context.addInitScript(() => {
      const devices = navigator.mediaDevices
      const original = devices.getUserMedia.bind(devices)
      devices.getUserMedia = async (constraints) => {
        await new Promise<void>((resolve) => Object.assign(window, { allow: resolve }))
        return original(constraints)
      }
    }),
  )
  await visit()
  const record = card('background').getByRole('button', { name: 'Record' })
  const allow = () => page.evaluate(() => (window as unknown as { allow(): void }).allow())
  await record.click()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('status').filter({ hasText: 'Stopped' }).waitFor()
  await page.getByRole('button', { name: 'Listen' }).click()
  await allow()
  await page.getByRole('status').filter({ hasText: 'Listening' }).waitFor()
  expect(await record.isVisible()).toBe(true)

  await record.click()
  await card('background')
    .getByRole('button', { name: /Stop · 1 s/ })
    .waitFor()
  await page.getByRole('link', { name: 'Tasks' }).click()
  await page.getByRole('link', { name: 'Teach' }).click()
  await record.waitFor()
  await count('background', 'No examples yet')
})

it('is taught in three taps: bundled examples, training, and words that it then names', async () => {
  await open()
  const bundled = page.getByRole('button', { name: 'Try it with three words' })
  // An archive is unpacked away from the page.
  const unpacking = page.waitForRequest(/archive-worker/)
  await bundled.click()
  await unpacking
  const train = page.locator('button:focus').filter({ hasText: 'Train' })
  for (const word of WORDS) await count(word, '12 examples')
  await count('background', '16 examples')
  expect(await bundled.isVisible()).toBe(false)
  await train.click()
  await page.getByText(/Right on \d+ % of the held-out examples/).waitFor()
  await page.getByRole('button', { name: 'Play words it was not taught with' }).click()
  const named = page.locator('.teach leaf-events li .label')
  for (const word of WORDS) await named.getByText(word, { exact: true }).first().waitFor()
})

it('records the room for ten seconds by itself, and otherwise until it is stopped', async () => {
  await open()
  const room = card('background').getByRole('button', { name: 'Record the room, 10 s' })
  await room.click()
  await card('background')
    .getByRole('button', { name: /Stop · 9 s/ })
    .waitFor()
  await count('background', /^(9|10) examples, (9|10) s/)
  await room.waitFor()
  expect(await page.evaluate(() => window.trackStates())).toEqual(['ended'])

  await addClass('words')
  await card('words').getByRole('button', { name: 'Record' }).click()
  await card('words').getByRole('button', { name: 'Stop · 3 s' }).waitFor()
  await card('words').getByRole('button', { name: /Stop/ }).click()
  await count('words', / examples, [3-9] s/)
  // Nothing records any more.
  await page.getByRole('status').filter({ hasText: 'Ready' }).waitFor()
  expect(await page.evaluate(() => window.trackStates())).toEqual(['ended', 'ended'])
})
