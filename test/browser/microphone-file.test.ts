import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { afterMarker, MICROPHONE_RATE, microphoneFile } from './microphone-file.ts'
import { FAKE_ANSWER, FAKE_DEVICE, launch, openPage, serveSources } from './sources-page.ts'

it('the microphone gives the samples of its file bit for bit, then silence', async () => {
  const samples = Float32Array.from({ length: MICROPHONE_RATE }, (_, index) =>
    Math.fround(0.3 * Math.sin(index * index * 1e-5)),
  )
  const folder = await mkdtemp(join(tmpdir(), 'leaf-microphone-'))
  const file = join(folder, 'chirp.wav')
  await writeFile(file, microphoneFile(samples))
  const server = await serveSources()
  const browser = await launch(FAKE_DEVICE, FAKE_ANSWER, `--use-file-for-fake-audio-capture=${file}%noloop`)
  try {
    const page = await openPage(browser, server.address)
    const recording = await page.evaluate(async (sampleRate) => {
      const { contexts, openMicrophone, record } = window.sources
      return record(contexts.native({ sampleRate }), openMicrophone, 2.5)
    }, MICROPHONE_RATE)
    const start = afterMarker(recording)
    expect(start).toBeGreaterThan(0)
    const heard = recording.subarray(start, start + samples.length)
    expect(heard).toEqual(samples)
    const rest = recording.subarray(start + samples.length)
    expect(rest.length).toBeGreaterThan(0)
    expect(rest.every((sample) => sample === 0)).toBe(true)
  } finally {
    await browser.close()
    await server.close()
    await rm(folder, { recursive: true })
  }
})
