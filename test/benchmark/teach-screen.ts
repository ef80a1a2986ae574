// Part of npm run page-speed: ten classes of 300 examples through the Teach screen, from files to a trained model, and
// how long the page does not answer meanwhile.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeWav } from '../../src/audio/encode-wav.ts'
import { buildDemo, openDemo, serveDemo } from '../browser/demo-page.ts'
import { launchBrowser } from '../browser/harness.ts'

const RATE = 16000
const CLASSES = 10
const FILES = 10
/** Sounds in a file, one a second. */
const SOUNDS = 30
const LIMIT_MS = 300_000

const folder = await mkdtemp(join(tmpdir(), 'leaf-sounds-'))
const built = await buildDemo()
const demo = await serveDemo(built.folder)
const browser = await launchBrowser()
const context = await browser.newContext()
await context.addInitScript(() => {
  let last = performance.now()
  globalThis.gap = 0
  setInterval(() => {
    const now = performance.now()
    gap = Math.max(gap, now - last)
    last = now
  })
})
const { page } = await openDemo(context, demo.url)
page.setDefaultTimeout(LIMIT_MS)
await page.getByRole('link', { name: 'Teach' }).click()
await page.getByRole('heading', { name: 'Teach it your own sounds' }).waitFor()
await measure('3000 examples from 100 files', async () => {
  for (let index = 0; index < CLASSES; index++) {
    const name = index === 0 ? 'background' : `tone ${index}`
    if (index > 0) {
      await page.getByLabel('Name of a sound').fill(name)
      await page.getByRole('button', { name: 'Add it' }).click()
    }
    const card = page.locator('.class').filter({ has: page.locator(`input.name[data-name="${name}"]`) })
    await card.locator('input.files').setInputFiles(await filesOf(index))
    await card
      .locator('.count')
      .filter({ hasText: `${FILES * SOUNDS} examples` })
      .waitFor()
  }
})
await measure('learned, last layer', async () => {
  await page.getByRole('button', { name: 'Train' }).click()
  console.log(`  ${await page.getByText(/Right on \d+ % of the held-out examples/).textContent()}`)
})
await measure('the page loaded again, with all examples', async () => {
  await page.reload()
  await page
    .getByText(`${FILES * SOUNDS} examples`)
    .nth(CLASSES - 1)
    .waitFor()
})

await browser.close()
await demo.close()
await built.remove()
await rm(folder, { recursive: true })

/** Tones of a pitch of their own class, each time a little different; of the first class, which is there, only noise. */
async function filesOf(index: number): Promise<string[]> {
  const frequency = 300 * 1.35 ** index
  return Promise.all(
    Array.from({ length: FILES }, async (_, file) => {
      const samples = Float32Array.from({ length: SOUNDS * RATE }, (_, i) => {
        const [time, pitch] = [(i % RATE) / RATE - 0.3, 1 + 0.08 * Math.sin(Math.floor(i / RATE) * 7 + file)]
        const tone =
          index > 0 && time >= 0 && time < 0.4 ? 0.3 * Math.sin(2 * Math.PI * frequency * pitch * time) : 0
        return tone + 0.002 * Math.sin(i * i * 0.37 + file)
      })
      const path = join(folder, `tone-${index}-${file}.wav`)
      await writeFile(path, encodeWav(samples, RATE, 'int16'))
      return path
    }),
  )
}

async function measure(what: string, work: () => Promise<void>): Promise<void> {
  const began = performance.now()
  await work()
  const longest = await page.evaluate(() => {
    const was = gap
    gap = 0
    return was
  })
  console.log(
    `${what}: ${((performance.now() - began) / 1000).toFixed(1)} s, longest gap ${Math.round(longest)} ms`,
  )
}

declare global {
  /** Longest time in which the page did nothing else, ms. */
  var gap: number
}
