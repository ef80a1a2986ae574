import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { encodeWav } from '../../src/audio/encode-wav.ts'
import { type BuiltPage, buildPage, launchBrowser, type ServedPage, servePage } from './harness.ts'
import type { RecorderPage, RecordRequest } from './recorder/page.ts'
import { noise } from './signal.ts'

declare global {
  var api: RecorderPage
}

let built: BuiltPage
let server: ServedPage
let browser: Browser
let page: Page

beforeAll(async () => {
  built = await buildPage('test/browser/recorder')
  server = await servePage(built.folder)
  browser = await launchBrowser()
  page = await browser.newPage()
  await page.goto(server.url)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await built?.remove()
})

it.each([
  ['native', 16000, 2.5],
  ['native', 44100, 0.25],
  ['standardized', 48000, 0.5],
] as const)(
  'remembers the last of what a node hears, bit for bit: %s, %i Hz, %f s',
  async (library, sampleRate, seconds) => {
    const request: RecordRequest = { library, sampleRate, length: 128 * 400, seconds }
    const { samples, start, duration, wav } = await page.evaluate((given) => api.offline(given), request)
    const sides = [noise(1, request.length), noise(2, request.length)]
    const mean = Float32Array.from(sides[0], (left, i) => (left + sides[1][i]) / 2)
    const length = Math.round(seconds * sampleRate)
    const wanted = mean.subarray(request.length - length)
    expect(samples).toEqual(wanted)
    expect(start).toBe((request.length - length) / sampleRate)
    expect(duration).toBe(length / sampleRate)
    const file = encodeWav(wanted, sampleRate, 'float32')
    expect(Buffer.from(wav).equals(Buffer.from(file))).toBe(true)
  },
)

it('gives all there is when it has not run for so long', async () => {
  const request: RecordRequest = { library: 'native', sampleRate: 48000, length: 12_800, seconds: 30 }
  const { samples, start } = await page.evaluate((given) => api.offline(given), request)
  expect(samples.length).toBe(12_800)
  expect(start).toBe(0)
})

it('goes on remembering while it is asked, up to the present, until it is disposed of', async () => {
  const { durations, gap, peak, afterwards } = await page.evaluate(() => api.live())
  expect(durations[0]).toBeCloseTo(0.2, 3)
  expect(durations[1]).toBeCloseTo(0.2, 3)
  expect(Math.abs(gap)).toBeLessThan(0.5)
  expect(peak).toBeGreaterThan(0.9)
  expect(afterwards).toMatch(/disposed of/)
})

it('says what ended it instead of leaving a question open', async () => {
  const [disposed, closed] = await page.evaluate(() => api.ended())
  expect(disposed).toMatch(/disposed of/)
  expect(closed).toMatch(/AudioContext was closed/)
})

it('leaves silence where the page came too late, and all else in its place', async () => {
  const { off, silent } = await page.evaluate(() => api.late())
  expect(silent).toBeGreaterThan(0.1)
  expect(off).toBeLessThan(0.01)
})

it('refuses a length out of range', async () => {
  for (const seconds of [0, -1, Number.NaN, 601])
    expect(await page.evaluate((given) => api.refusal(given), seconds)).toBe('arguments')
  expect(await page.evaluate(() => api.refusal(600))).toBeNull()
})
