import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { encodeWav } from '../../src/audio/encode-wav.ts'
import { KeptPage } from './kept-page.ts'
import {
  FAKE_ANSWER,
  FAKE_DEVICE,
  launch,
  loadPage,
  type SourcesServer,
  serveSources,
} from './sources-page.ts'

declare global {
  interface Window {
    context: AudioContext
    /** Makes a File of the clip. */
    clip(name: string): File
  }
}

const RATE = 44100
/** 0.8 s. */
const clip = Float32Array.from({ length: 35280 }, (_, index) => Math.fround(0.3 * Math.sin(index * 0.11)))

let server: SourcesServer
let browser: Browser
let kept: KeptPage
let page: Page
beforeAll(async () => {
  server = await serveSources()
  browser = await launch(FAKE_DEVICE, FAKE_ANSWER)
  kept = new KeptPage(browser)
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
beforeEach(async () => {
  page = await loadPage(kept, server.address)
  await page.evaluate(
    (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      window.clip = (name) => new File([bytes], name)
    },
    Buffer.from(encodeWav(clip, RATE, 'float32')).toString('base64'),
  )
})
describe.each(['native', 'standardized'] as const)('a file in a %s AudioContext', (kind) => {
  beforeEach(() =>
    page.evaluate(
      ({ kind, sampleRate }) => {
        window.context = window.sources.contexts[kind]({ sampleRate })
      },
      { kind, sampleRate: RATE },
    ),
  )

  it('opens paused at its start and plays to its end', async () => {
    const seen = await page.evaluate(async () => {
      const { openFile, waitFor } = window.sources
      const source = await openFile(window.context, window.clip('clip.wav'))
      const events: string[] = []
      for (const type of ['playing', 'paused', 'ended'] as const)
        source.addEventListener(type, () => events.push(type))
      const opened = [source.name, source.state, source.position, source.duration]
      source.play()
      const sounds = await window.sources.heard(source.output)
      await waitFor(() => source.state === 'ended')
      return { opened, sounds, ended: [source.position, events] }
    })
    expect(seen.opened).toEqual(['clip.wav', 'paused', 0, 0.8])
    expect(seen.sounds).toBe(true)
    expect(seen.ended).toEqual([0.8, ['playing', 'ended']])
  })

  it('holds its position while paused, goes on from there, and starts again after its end', async () => {
    const seen = await page.evaluate(async () => {
      const { openFile, waitFor } = window.sources
      const source = await openFile(window.context, window.clip('clip.wav'))
      const events: string[] = []
      for (const type of ['playing', 'paused', 'ended'] as const)
        source.addEventListener(type, () => events.push(type))
      source.play()
      await waitFor(() => source.position > 0.3)
      source.pause()
      const held = source.position
      const silent = !(await window.sources.heard(source.output))
      const later = source.position
      source.play()
      const resumed = source.position
      await waitFor(() => source.state === 'ended')
      source.play()
      const again = source.position
      return { held, silent, later, resumed, again, events }
    })
    expect(seen.held).toBeGreaterThan(0.3)
    expect(seen.held).toBeLessThan(0.8)
    expect(seen.later).toBe(seen.held)
    // The clock may have gone on a little between two lines of the page.
    expect(seen.resumed).toBeGreaterThanOrEqual(seen.held)
    expect(seen.silent).toBe(true)
    expect(seen.again).toBeLessThan(seen.held)
    expect(seen.events).toEqual(['playing', 'paused', 'playing', 'ended', 'playing'])
  })

  it('stop ends it for good and cuts the output', async () => {
    const seen = await page.evaluate(async () => {
      const { openFile, heard } = window.sources
      const source = await openFile(window.context, window.clip('clip.wav'))
      const listener = window.context.createGain()
      const tone = window.context.createOscillator()
      tone.start()
      tone.connect(source.output).connect(listener)
      source.play()
      source.stop()
      source.stop()
      source.play()
      return [source.state, await heard(listener)]
    })
    expect(seen).toEqual(['stopped', false])
  })

  it('play resumes a suspended context', async () => {
    const state = await page.evaluate(async () => {
      const { openFile, waitFor } = window.sources
      const source = await openFile(window.context, window.clip('clip.wav'))
      await waitFor(() => window.context.state === 'running')
      await window.context.suspend()
      source.play()
      await waitFor(() => source.state === 'ended')
      return window.context.state
    })
    expect(state).toBe('running')
  })

  it('any node of the page is a source, and keeps its own connections when the source stops', async () => {
    const seen = await page.evaluate(async () => {
      const { heard, nodeSource } = window.sources
      const tone = window.context.createOscillator()
      tone.start()
      const own = window.context.createGain()
      tone.connect(own)
      const source = nodeSource(tone)
      const before = await heard(source.output)
      source.stop()
      source.stop()
      return { before, after: await heard(source.output), own: await heard(own) }
    })
    expect(seen).toEqual({ before: true, after: false, own: true })
  })
})

it('gives the samples of the file', async () => {
  const recording = await page.evaluate(async (sampleRate) => {
    const { contexts, openFile, record } = window.sources
    return record(
      contexts.native({ sampleRate }),
      async (context) => {
        const source = await openFile(context, window.clip('clip.wav'))
        source.play()
        return source
      },
      0.5,
    )
  }, RATE)
  // The clip's first sample is zero.
  const start = recording.findIndex((sample) => sample !== 0) - 1
  const length = RATE / 4
  expect(recording.slice(start, start + length)).toEqual(clip.slice(0, length))
})

it('goes on after a pause with the sample at its position', async () => {
  const { position, recording } = await page.evaluate(async (sampleRate) => {
    const { contexts, openFile, record, waitFor } = window.sources
    let position = 0
    const open = async (context: AudioContext) => {
      const source = await openFile(context, window.clip('clip.wav'))
      source.play()
      await waitFor(() => source.position > 0.1)
      source.pause()
      position = source.position
      source.play()
      return source
    }
    const recording = await record(contexts.native({ sampleRate }), open, 0.3)
    return { position, recording }
  }, RATE)
  const start = recording.findIndex((sample) => sample !== 0)
  const from = Math.round(position * RATE)
  expect(recording.slice(start, start + 4410)).toEqual(clip.slice(from, from + 4410))
})

describe('a file that cannot be played says why and what to do', () => {
  it.each([
    ['letter.txt', [...Buffer.from('not audio at all')], 'MP3'],
    ['cut.wav', [...encodeWav(clip, RATE, 'float32')].slice(0, 30), 'MP3'],
    ['empty.wav', [], 'sound in it'],
  ])('%s', async (name, bytes, remedy) => {
    const outcome = await page.evaluate(
      ({ name, bytes }) => {
        const { contexts, openFile, outcome } = window.sources
        return outcome(openFile(contexts.native(), new File([Uint8Array.from(bytes)], name)))
      },
      { name, bytes },
    )
    expect(outcome.code).toBe('audio-file')
    expect(outcome.message).toContain(name)
    expect(outcome.remedy).toContain(remedy)
  })

  it.each([
    ['\n<!DOCTYPE html><title>App</title>', 'is a web page, not audio'],
    ['{"error":"gone"}', 'is JSON, not audio'],
  ])('what a server answers in its place: %s', async (body, words) => {
    await page.route('**/answer.wav', (route) => route.fulfill({ body }))
    const outcome = await page.evaluate(() => {
      const { contexts, openFile, outcome } = window.sources
      return outcome(openFile(contexts.native(), 'answer.wav'))
    })
    expect(outcome).toMatchObject({ code: 'audio-file', message: expect.stringContaining(words) })
  })

  it.each([
    ['/missing.wav', '/missing.wav', 'answered 404'],
    ['http://localhost:1/far.wav', 'http://localhost:1/far.wav', 'CORS'],
    ['http://', 'http://', 'Check the address'],
    ['data:audio/wav;base64,AAAA', 'The audio data', 'MP3'],
  ])('%s', async (address, name, words) => {
    await page.route('**/missing.wav', (route) => route.fulfill({ status: 404 }))
    const outcome = await page.evaluate((address) => {
      const { contexts, openFile, outcome } = window.sources
      return outcome(openFile(contexts.native(), address))
    }, address)
    expect(outcome.code).toBe('audio-file')
    expect(outcome.message).toContain(name)
    expect(outcome.message).toContain(words)
    expect(outcome.message).not.toContain('base64')
  })
})
