import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { builtPage, launchBrowser, servePage } from './harness.ts'
import { frameOf, recordingOf } from './live/blocks.ts'
import type { HeardResult, LivePage } from './live/page.ts'
import { afterMarker, MICROPHONE_RATE, microphoneFile } from './microphone-file.ts'
import { repeat, SPEECH_BEGINS, speech } from './speech.ts'

const ROOT = join(import.meta.dirname, '../..')
const TIMES = 3

let browser: Browser
let folder: string
/** Places in the sound, samples. */
let begins: number[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-latency-'))
  const once = await speech()
  begins = Array.from({ length: TIMES }, (_, i) => i * once.length + SPEECH_BEGINS * MICROPHONE_RATE)
  const file = join(folder, 'microphone.wav')
  await writeFile(file, microphoneFile(repeat(once, TIMES)))
  browser = await launchBrowser(file)
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

it('tells speech in the microphone as an event that begins with it', async () => {
  const { blocks, onsets } = await hear()
  const recording = recordingOf(blocks)
  const after = afterMarker(recording)
  expect(after).toBeGreaterThan(0)
  const delays = begins.map((place) => {
    const began = frameOf(blocks, after + place) / MICROPHONE_RATE
    const onset = onsets.find(({ label, start }) => label === 'speech' && Math.abs(start - began) < 0.3)
    expect(onset, `speech at ${began.toFixed(2)} s among ${JSON.stringify(onsets)}`).toBeDefined()
    return Math.round((onset!.arrived - began) * 1000)
  })
  delays.sort((a, b) => a - b)
  console.log(
    `Latency: the beginning of speech in the microphone to its event on the main thread: median ${delays[TIMES >> 1]} ms (${delays[0]} to ${delays[TIMES - 1]}) of the audio clock; the model looks at windows of about a second.`,
  )
})

async function hear(): Promise<HeardResult> {
  const served = await servePage(await builtPage('test/browser/live'), { isolated: true })
  const page = await browser.newPage()
  try {
    await page.goto(served.url)
    await page.waitForFunction('window.api')
    const model = new Uint8Array(await readFile(join(ROOT, 'demo/public/models/events.safetensors')))
    return await page.evaluate(
      ([rate, milliseconds, bytes]) =>
        (window as unknown as { api: LivePage }).api.hear(rate, milliseconds, bytes),
      [MICROPHONE_RATE, 16_000, model] as const,
    )
  } finally {
    await page.close()
    await served.close()
  }
}
