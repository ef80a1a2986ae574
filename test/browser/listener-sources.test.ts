import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { encodeWav } from '../../src/audio/encode-wav.ts'
import type { SourceChoice } from '../../src/audio/index.ts'
import { writeModel } from '../../src/model/index.ts'
import { builtPage, launchBrowser, type ServedPage, servePage } from './harness.ts'
import { KeptPage } from './kept-page.ts'
import { loudnessModel } from './listen/loudness-model.ts'

const model = [...writeModel(loudnessModel())]
/** Two seconds: silence, then a chirp, over and over each half second. */
const chirps = Buffer.from(
  encodeWav(
    Float32Array.from({ length: 32000 }, (_, i) => (i % 8000 < 4000 ? 0 : 0.4 * Math.sin(i * i * 1e-4))),
    16000,
    'int16',
  ),
)

let served: ServedPage
let browser: Browser
let kept: KeptPage
let page: Page

beforeAll(async () => {
  served = await servePage(await builtPage('test/browser/listen'))
  browser = await launchBrowser()
  kept = new KeptPage(browser)
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
})

beforeEach(async () => {
  page = await kept.load(served.url, (page) =>
    page.route('**/chirps.wav', (route) => route.fulfill({ body: chirps, contentType: 'audio/wav' })),
  )
  await page.waitForFunction(() => window.page !== undefined)
})

afterEach(async () => {
  expect(await page.evaluate(() => window.page.unhandled)).toEqual([])
})

it('hears a stream, an element, a buffer and an address, and leaves to the page what is the page’s', async () => {
  const seen = await page.evaluate(async (model) => {
    const { createListener, beep, contexts } = window.page
    const bytes = await (await fetch('chirps.wav')).arrayBuffer()
    const context = new AudioContext()
    const buffer = await context.decodeAudioData(bytes)
    const stream = context.createMediaStreamDestination()
    const loop = new AudioBufferSourceNode(context, { buffer, loop: true })
    loop.connect(stream)
    loop.start()
    const element = new Audio('chirps.wav')
    element.loop = true
    await element.play()

    const listener = await createListener({ model: new Uint8Array(model) })
    await listener.ready
    const heard: string[] = []
    const hear = async (name: string, source: SourceChoice) => {
      const onset = beep(listener, 'onset')
      if (await listener.start(source)) await onset
      heard.push(name)
    }
    await hear('buffer', buffer)
    await hear('address', 'chirps.wav')
    await hear('stream', stream.stream)
    await hear('element', element)
    await listener.dispose()
    const [track] = stream.stream.getAudioTracks()
    const own = contexts[1]
    const elementGoesOn = !element.paused && own.state === 'running'
    const again = await window.page.refusal(
      window.page.listen({ model: new Uint8Array(model), source: element }),
    )
    return { heard, track: track.readyState, elementGoesOn, again, state: own.state }
  }, model)
  expect(seen.heard).toEqual(['buffer', 'address', 'stream', 'element'])
  expect(seen.track).toBe('live')
  expect(seen.elementGoesOn).toBe(true)
  expect(seen.again).toBeNull()
  expect(seen.state).toBe('running')
})

it('tells the end of a stream and of an element', async () => {
  const seen = await page.evaluate(async (model) => {
    const { createListener, next } = window.page
    const listener = await createListener({ model: new Uint8Array(model) })
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    await listener.start(stream)
    const streamEnded = next(listener, 'ended')
    const [track] = stream.getAudioTracks()
    track.stop()
    // The browser tells of an end that the page did not bring about itself.
    track.dispatchEvent(new Event('ended'))
    const ended = await streamEnded
    const over = listener.source
    const element = new Audio('chirps.wav')
    await listener.start(element)
    const elementEnded = next(listener, 'ended')
    element.currentTime = 1.5
    await element.play()
    const second = await elementEnded
    await listener.dispose()
    return { ended, over, second }
  }, model)
  expect(seen).toEqual({ ended: { error: null }, over: null, second: { error: null } })
})

it('never opens the microphone for what is no source, and says what is', async () => {
  const seen = await page.evaluate(async (model) => {
    const { listen, refusal, captures, contexts } = window.page
    const context = new AudioContext()
    const stream = context.createMediaStreamDestination().stream
    const ended = context.createMediaStreamDestination().stream
    for (const track of ended.getTracks()) track.stop()
    const foreign = new Audio()
    foreign.preload = 'none'
    foreign.src = 'https://elsewhere.test/sound.mp3'
    const taken = new Audio('chirps.wav')
    context.createMediaElementSource(taken)
    const detached = new AudioBuffer({ length: 100, sampleRate: 16000 })
    structuredClone(null, { transfer: [detached.getChannelData(0).buffer] })
    const choices: [string, unknown][] = [
      ['null', null],
      ['a number', 5],
      ['true', true],
      ['a function', () => stream],
      ['a list', [stream]],
      ['a track', stream.getAudioTracks()[0]],
      ['constraints in the place of options', { audio: true }],
      ['a number as device', { deviceId: 7 }],
      ['constraints that are none', { constraints: 'loud' }],
      ['an instance of some class', new (class Microphone {})()],
      ['a response', new Response('')],
      ['bytes', new Uint8Array(8)],
      ['an element of another kind', document.createElement('img')],
      ['no text', ' '],
      ['a text that is no address', 'http://['],
      ['a stream without sound', new MediaStream()],
      ['a stream that ended', ended],
      ['an element without a source', new Audio()],
      ['an element of another origin', foreign],
      ['an element that sounds through a node', taken],
      ['a node without an output', context.destination],
      ['a buffer without its samples', detached],
    ]
    const opened = contexts.length
    const outcomes: [string, unknown][] = []
    for (const [name, source] of choices)
      outcomes.push([
        name,
        (await refusal(listen({ model: new Uint8Array(model), source: source as SourceChoice })))?.code,
      ])
    return {
      outcomes,
      captures,
      left: contexts.slice(opened).filter(({ state }) => state !== 'closed').length,
    }
  }, model)
  for (const [name, code] of seen.outcomes) expect([name, code]).toEqual([name, 'arguments'])
  expect(seen.captures).toEqual([])
  // The one that all elements share.
  expect(seen.left).toBeLessThanOrEqual(1)
})

it('asks for the microphone with the constraints that are given', async () => {
  const seen = await page.evaluate(async (model) => {
    const { createListener, captures, tracks, refusal } = window.page
    const listener = await createListener({ model: new Uint8Array(model) })
    await listener.start({ constraints: { echoCancellation: true, channelCount: 1 } })
    const impossible = await refusal(listener.start({ constraints: { channelCount: { exact: 99 } } }))
    await listener.start('microphone')
    await listener.dispose()
    return { captures, impossible, live: tracks.filter(({ readyState }) => readyState === 'live').length }
  }, model)
  const off = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
  expect(seen.captures).toEqual([
    { audio: { ...off, echoCancellation: true, channelCount: 1 } },
    { audio: { ...off, channelCount: { exact: 99 } } },
    { audio: off },
  ])
  expect(seen.impossible).toMatchObject({
    code: 'microphone-missing',
    message: expect.stringMatching(/channelCount/),
  })
  expect(seen.live).toBe(0)
})
