import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { encodeWav } from '../../src/audio/encode-wav.ts'
import type { Scores } from '../../src/classifier/index.ts'
import type { LeafError } from '../../src/error.ts'
import type { DetectedEvent, EventOnset } from '../../src/events/index.ts'
import type { HeardEvent, HeardOnset, HeardScores } from '../../src/listener/index.ts'
import { writeModel } from '../../src/model/index.ts'
import { headedModel } from '../model/tiny-model.ts'
import { builtPage, launchBrowser, type ServedPage, servePage } from './harness.ts'
import { KeptPage } from './kept-page.ts'
import { loudnessModel } from './listen/loudness-model.ts'

const model = [...writeModel(loudnessModel())]
/** Half a second of a chirp. */
const chirp = [
  ...encodeWav(
    Float32Array.from({ length: 8000 }, (_, i) => 0.4 * Math.sin(i * i * 1e-4)),
    16000,
    'float32',
  ),
]

let served: ServedPage
let browser: Browser
let kept: KeptPage
let page: Page

beforeAll(async () => {
  served = await servePage(await builtPage('test/browser/listen'), { isolated: true })
  browser = await launchBrowser()
  kept = new KeptPage(browser)
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
})

beforeEach(async () => {
  page = await kept.load(served.url)
  await page.waitForFunction(() => window.page !== undefined)
})

it('hears a node of the page’s own graph and leaves the graph’s context alone', async () => {
  const seen = await page.evaluate(async (model) => {
    const context = new window.page.AudioContext()
    const tone = new OscillatorNode(context, { frequency: 500 })
    const loudness = new GainNode(context, { gain: 0 })
    tone.connect(loudness)
    tone.start()
    const listener = await window.page.listen({ model: new Uint8Array(model), source: loudness })
    if (listener.backend === null) await window.page.next(listener, 'backend')
    const onset = window.page.beep(listener, 'onset')
    loudness.gain.value = 0.5
    const began = (await onset) as EventOnset
    const event = window.page.beep(listener, 'event')
    loudness.gain.value = 0
    const ended = (await event) as DetectedEvent
    const metrics = await listener.metrics()
    await listener.dispose()
    return {
      began,
      ended,
      metrics,
      backend: listener.backend?.backend,
      same: listener.context === context,
      state: context.state,
    }
  }, model)
  expect(seen.ended).toMatchObject({ label: seen.began.label, start: seen.began.start })
  expect(seen.ended.end).toBeGreaterThan(seen.ended.start)
  expect(seen.metrics.frames).toBeGreaterThan(0)
  expect(seen.metrics.inferences).toBeGreaterThan(0)
  expect(seen.backend).toBe(seen.metrics.backend)
  expect(seen.same).toBe(true)
  expect(seen.state).toBe('running')
})

it('starts one worker for all that is to be read and compiled, and another after one that was given up', async () => {
  const counts = await page.evaluate(async (model) => {
    let started = 0
    globalThis.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        if (String(address).includes('plan-worker')) started++
        super(address, options)
      }
    }
    const context = new window.page.AudioContext()
    const listen = async (signal?: AbortSignal) => {
      const source = new GainNode(context)
      const listener = await window.page.listen({ model: new Uint8Array(model), source, signal })
      await listener.dispose()
    }
    await listen()
    await listen()
    const before = started
    const given = new AbortController()
    const givenUp = listen(given.signal).catch(() => {})
    given.abort()
    await givenUp
    await listen()
    return [before, started]
  }, model)
  expect(counts[0]).toBe(1)
  expect(counts[1]).toBeLessThanOrEqual(2)
})

it('reads its model and compiles its frontend on the page where no worker for that can be had', async () => {
  const { refused, backend } = await page.evaluate(async (model) => {
    const refused: string[] = []
    globalThis.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        const isPlans = String(address).includes('plan-worker')
        if (isPlans) refused.push(String(address))
        super(isPlans ? 'data:text/javascript,throw 0' : address, options)
      }
    }
    const source = new GainNode(new window.page.AudioContext())
    const listener = await window.page.listen({ model: new Uint8Array(model), source })
    if (listener.backend === null) await window.page.next(listener, 'backend')
    const { backend } = listener
    await listener.dispose()
    return { refused, backend }
  }, model)
  expect(refused.length).toBe(2)
  expect(backend).not.toBeNull()
})

it('scores only the heads that were asked for', async () => {
  const seen = await page.evaluate(
    async (headed) => {
      const source = new OscillatorNode(new window.page.AudioContext())
      source.start()
      const options = { model: new Uint8Array(headed), source }
      const listener = await window.page.listen({ ...options, heads: ['place'] })
      const { values } = (await window.page.next(listener, 'scores')) as Scores
      const { heads, labels } = listener.model
      await listener.dispose()
      const error = await window.page.listen({ ...options, heads: ['pitch'] }).then(
        () => null,
        ({ code, message }: LeafError) => ({ code, message }),
      )
      return { heads, labels, scores: Array.from(values), error }
    },
    [...writeModel(headedModel())],
  )
  expect(seen.heads).toEqual([{ name: 'place', labels: 3 }])
  expect(seen.labels).toEqual(['hall', 'street', 'beep'])
  expect(seen.scores).toHaveLength(3)
  expect(seen.scores.reduce((sum, score) => sum + score)).toBeCloseTo(1, 6)
  expect(seen.error?.code).toBe('arguments')
  expect(seen.error?.message).toMatch(/no head "pitch"/)
})

it('plays a file to its end, ends what is running, and rests until the next start', async () => {
  const seen = await page.evaluate(
    async ({ model, chirp }) => {
      const source = new Blob([new Uint8Array(chirp)])
      const listener = await window.page.listen({ model: new Uint8Array(model), source })
      const onsets: EventOnset[] = []
      const events: DetectedEvent[] = []
      listener.addEventListener('onset', ({ detail }) => onsets.push(detail))
      listener.addEventListener('event', ({ detail }) => events.push(detail))
      const rest = async () => {
        while (listener.context.state === 'running') await window.page.next(listener.context, 'statechange')
      }
      const ended = window.page.next(listener, 'ended')
      if (listener.backend === null) await window.page.next(listener, 'backend')
      await ended
      await rest()
      await listener.start(source)
      await window.page.next(listener, 'ended')
      const over = listener.source
      await rest()
      const { state } = listener.context
      const told = events.length
      await listener.dispose()
      const closed = listener.context.state
      return { over, state, told, onsets, events, closed, contexts: window.page.contexts.length }
    },
    { model, chirp },
  )
  expect(seen.over).toBeNull()
  expect(seen.state).toBe('suspended')
  expect(new Set(seen.onsets.map(({ label }) => label))).toEqual(new Set(['beep', 'hum']))
  const beginnings = (list: EventOnset[]) => list.map(({ label, start }) => `${label} ${start}`).sort()
  expect(beginnings(seen.events)).toEqual(beginnings(seen.onsets))
  expect(seen.events.length).toBe(seen.told)
  expect(seen.closed).toBe('closed')
  expect(seen.contexts).toBe(1)
})

it('takes the later of two sources that are started at once', async () => {
  const started = await page.evaluate(
    async ({ model, chirp }) => {
      const source = new Blob([new Uint8Array(chirp)])
      const listener = await window.page.listen({ model: new Uint8Array(model), source })
      const first = listener.start(new File([source], 'first'))
      const second = listener.start(new File([source], 'second'))
      const both = await Promise.all([first, second])
      const { name } = listener.source as unknown as { name: string }
      const third = listener.start(source)
      listener.stop()
      return { both, name, stopped: await third, source: listener.source }
    },
    { model, chirp },
  )
  expect(started).toEqual({ both: [false, true], name: 'second', stopped: false, source: null })
})

it.each([
  ['a model that is none', [1, 2, 3], chirp, 'model-file'],
  ['a file without sound', model, [1, 2, 3], 'audio-file'],
] as const)('refuses %s and leaves no context open', async (_, badModel, sound, code) => {
  const seen = await page.evaluate(
    async ({ model, sound }) => {
      const source = new Blob([new Uint8Array(sound)])
      const failure = await window.page.listen({ model: new Uint8Array(model), source }).then(
        () => null,
        (error: LeafError) => error.code,
      )
      return { failure, states: window.page.contexts.map(({ state }) => state) }
    },
    { model: [...badModel], sound: [...sound] },
  )
  expect(seen).toEqual({ failure: code, states: ['closed'] })
})

it('refuses options that are none, and leaves no context open', async () => {
  const seen = await page.evaluate(async (model) => {
    const { listen, refusal, contexts } = window.page
    const options = { model: new Uint8Array(model) }
    const wrong = [
      { ...options, labels: ['cow'] },
      { ...options, thresholds: { beep: 2 } },
      { ...options, decoding: { smoothingSeconds: -1 } },
      { ...options, record: 0 },
      { ...options, record: '5' },
      { ...options, thresholds: 0.5 },
      { ...options, treshold: { beep: 0.5 } },
      { ...options, minimumSeconds: 1 },
      { ...options, signal: new AbortController() },
      { ...options, onProgress: 'often' },
      { ...options, context: {} },
      { ...options, context: { rawContext: {} } },
      'model.safetensors',
      { model: [1, 2, 3] as never },
      { model: new TextEncoder().encode('<!doctype html><title>App</title>') },
      {} as never,
      undefined as never,
    ]
    const refusals = []
    for (const one of wrong) refusals.push(await refusal(listen(one as never)))
    return { refusals, open: contexts.filter(({ state }) => state !== 'closed').length }
  }, model)
  expect(seen.refusals.map((refused) => refused?.code)).toEqual([
    ...new Array(14).fill('arguments'),
    'model-file',
    'arguments',
    'arguments',
  ])
  const messages = [/no label "cow"/, /threshold is 2/, /smoothingSeconds is -1/, /0 seconds/]
  messages.push(/"5" seconds/, /thresholds: this is no object/, /no option "treshold"/)
  messages.push(
    /no option "minimumSeconds"/,
    /no AbortSignal \(AbortController\)/,
    /onProgress is no function/,
  )
  messages.push(/no AudioContext \(Object\)/, /`rawContext`/, /no options \(string\)/, /no model/)
  messages.push(/is a web page/, /no model to listen with.*as `model`/, /no model to listen with/)
  seen.refusals.forEach((refused, i) => {
    expect(refused?.message).toMatch(messages[i])
  })
  expect(seen.open).toBe(0)
})

it('is ended by a signal, before it starts, while it does and afterwards', async () => {
  await page.route('**/stalled*', () => {})
  const seen = await page.evaluate(
    async ({ model, chirp }) => {
      const { AudioContext, contexts, listen, until } = window.page
      const bytes = new Uint8Array(model)
      const source = new Blob([new Uint8Array(chirp)])
      const reasons: unknown[] = []
      const aborted = (options: Parameters<typeof listen>[0], after: number | null) => {
        const control = new AbortController()
        if (after === null) control.abort('enough')
        else setTimeout(() => control.abort('enough'), after)
        return listen({ source, ...options, signal: control.signal }).then(
          (listener) => until(() => listener.context.state === 'closed'),
          (reason) => void reasons.push(reason),
        )
      }
      await aborted({ model: bytes }, null)
      await aborted({ model: 'stalled.safetensors' }, 20)
      await aborted({ model: bytes, source: 'stalled.wav' }, 300)
      for (const after of [0, 10, 30, 100]) await aborted({ model: bytes }, after)
      const closed = contexts.every(({ state }) => state === 'closed')
      const context = new AudioContext()
      const control = new AbortController()
      const listener = await listen({ model: bytes, source, context, signal: control.signal })
      control.abort()
      const refused = await window.page.refusal(listener.start())
      await listener.dispose()
      return { reasons: reasons.slice(0, 3), closed, refused, state: context.state }
    },
    { model, chirp },
  )
  expect(seen.reasons).toEqual(['enough', 'enough', 'enough'])
  expect(seen.closed).toBe(true)
  expect(seen.refused).toMatchObject({ code: 'arguments', message: expect.stringMatching(/disposed of/) })
  expect(seen.state).toBe('running')
  expect(await page.evaluate(() => window.page.unhandled)).toEqual([])
})

it('starts again with what it heard last, and tells whether it hears something', async () => {
  const seen = await page.evaluate(
    async ({ model, chirp }) => {
      const { captures, createListener, next, refusal } = window.page
      const listener = await createListener({ model: new Uint8Array(model) })
      const paused = [listener.paused]
      await listener.start()
      const asked = captures.length
      paused.push(listener.paused)
      const clip = new File([new Uint8Array(chirp)], 'clip')
      await listener.start(clip)
      await refusal(listener.start(new Blob([])))
      listener.stop()
      paused.push(listener.paused)
      await listener.start()
      paused.push(listener.paused)
      const { name } = listener.source as unknown as { name: string }
      await next(listener, 'ended')
      paused.push(listener.paused)
      await listener.dispose()
      return { paused, asked, name, microphones: captures.length }
    },
    { model, chirp },
  )
  expect(seen.paused).toEqual([true, false, true, false, true])
  expect(seen.name).toBe('clip')
  expect([seen.asked, seen.microphones]).toEqual([1, 1])
})

it('detects in a sound at once what the live path hears in the same samples, bit for bit', async () => {
  const seen = await page.evaluate(async (model) => {
    const { Classifier, createLeafNode, detect, readModel, withRoomAround } = window.page
    const bytes = new Uint8Array(model)
    const { frontend, classifier: shape } = readModel(bytes)
    const rate = 44100
    const seconds = 8
    const stereo = new AudioBuffer({ length: seconds * rate, numberOfChannels: 2, sampleRate: rate })
    for (const channel of [0, 1])
      stereo.getChannelData(channel).forEach((_, i, samples) => {
        // Bursts of another length each.
        const isOn = (i / rate) % 1.7 < 0.4 + 0.1 * Math.floor(i / rate / 1.7)
        samples[i] = isOn ? 0.5 * Math.sin(i * (channel === 0 ? 0.05 : 0.07)) : 0
      })
    const mono = stereo.getChannelData(0).map((left, i) => (left + stereo.getChannelData(1)[i]) / 2)
    const options = { model: bytes, backends: ['wasm' as const], labels: ['beep'] }

    const margin = (shape.windowFrames * frontend.hopMs) / 1000 / 2
    const pieces: Float32Array[] = []
    async function* whole() {
      yield mono
    }
    for await (const piece of withRoomAround({ sampleRate: rate, blocks: whole() }, margin).blocks)
      pieces.push(piece)
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const context = new OfflineAudioContext(1, length, rate)
    const surrounded = new AudioBuffer({ length, sampleRate: rate })
    pieces.reduce((at, piece) => {
      surrounded.copyToChannel(new Float32Array(piece), 0, at)
      return at + piece.length
    }, 0)
    const node = await createLeafNode(context, frontend)
    const classifier = new Classifier()
    const live: { start: number; end: number }[] = []
    classifier.addEventListener('event', ({ detail }) => live.push(detail))
    const frames = () => node.openFrames({ capacity: 4096 })
    await classifier.start({ ...options, frames, queueWindows: 4096 })
    const player = new AudioBufferSourceNode(context, { buffer: surrounded })
    player.connect(node.input)
    player.start()
    await context.startRendering()
    const count = (await node.metrics()).frames ?? 0
    const windows = Math.floor((count - shape.windowFrames) / shape.hopFrames) + 1
    while (((await classifier.metrics()).inferences ?? 0) < windows)
      await new Promise((resolve) => setTimeout(resolve, 20))
    await classifier.dispose()

    const progress: number[] = []
    const detected: unknown[] = []
    for await (const event of detect(stereo, { ...options, onProgress: (share) => progress.push(share) }))
      detected.push(event)
    return {
      windows,
      detected,
      live: live.map((event) => ({
        ...event,
        start: Math.max(0, event.start - margin),
        end: event.end - margin,
      })),
      progress,
      kept: stereo.getChannelData(0).length,
    }
  }, model)
  expect(seen.windows).toBeGreaterThan(100)
  expect(seen.detected.length).toBeGreaterThanOrEqual(4)
  expect(seen.detected).toEqual(seen.live)
  expect(seen.progress.at(-1)).toBe(1)
  expect(seen.kept).toBe(8 * 44100)
})

it('detects in a file, leaves off where it is told to, and refuses what is no sound', async () => {
  const seen = await page.evaluate(
    async ({ model, chirp }) => {
      const { detect, refusal, unhandled } = window.page
      const options = { model: new Uint8Array(model) }
      const file = new Blob([new Uint8Array(chirp)])
      const all = async (sound: never, more: object = {}) => {
        const labels: string[] = []
        for await (const { label } of detect(sound, { ...options, ...more })) labels.push(label)
        return labels
      }
      const labels = await all(file as never)
      for await (const _event of detect(file, options)) break
      const control = new AbortController()
      const left: unknown = await (async () => {
        for await (const _event of detect(file, { ...options, signal: control.signal }))
          control.abort('enough')
      })().catch((reason) => reason)
      const thrown = await refusal(all(file as never, { onProgress: () => atob('%') }))
      const refusals = []
      for (const [sound, more] of [
        ['microphone'],
        [new Blob([new Uint8Array(3)])],
        [5],
        [file, { onprogress: () => {} }],
        [file, { backends: ['wsam'] }],
        [file, { backends: 'cpu' }],
        [file, { labels: ['cow'] }],
        [file, { model: new Uint8Array(3) }],
        [file, { model: undefined }],
        [file, { workerUrl: '/nowhere.js' }],
      ])
        refusals.push((await refusal(all(sound as never, more as object)))?.code)
      return { labels, left, thrown: thrown?.name, refusals, unhandled }
    },
    { model, chirp },
  )
  expect(seen.labels).toContain('beep')
  expect(seen.left).toBe('enough')
  expect(seen.thrown).toBe('InvalidCharacterError')
  expect(seen.refusals).toEqual([
    'arguments',
    'audio-file',
    ...new Array(5).fill('arguments'),
    'model-file',
    'arguments',
    'classifier',
  ])
  expect(seen.unhandled).toEqual([])
})

it('decodes as it is told at the start and on the way, and gives an event its times and its sound', async () => {
  const seen = await page.evaluate(async (model) => {
    const { AudioContext, listen, beep, next, refusal, until } = window.page
    const context = new AudioContext()
    const loudness = new GainNode(context, { gain: 0 })
    const tone = new OscillatorNode(context, { frequency: 500 })
    tone.connect(loudness)
    tone.start()
    const options = { model: new Uint8Array(model).buffer, source: loudness }
    const decoding = { smoothingSeconds: 0, minimumSeconds: 0 }
    const told = { thresholds: { beep: 0.45 }, labels: ['beep'], decoding }
    const listener = await listen({ ...options, ...told, record: 30 })
    const { thresholds } = listener
    const labels: string[] = []
    listener.addEventListener('onset', ({ detail }) => labels.push(detail.label))
    await listener.ready
    const onset = beep(listener, 'onset') as Promise<HeardOnset>
    const event = beep(listener, 'event') as Promise<HeardEvent>
    const began = performance.now()
    loudness.gain.value = 0.5
    const { pageStart } = await onset
    const scores = (await next(listener, 'scores')) as HeardScores
    loudness.gain.value = 0
    const ended = await event
    const over = performance.now()
    const recording = await ended.audio()
    const before = [...labels]
    await listener.setOptions({ labels: null })
    await until(() => labels.includes('hum'))
    await listener.dispose()
    const plain = await listen({ ...options, decoding })
    // PCEN takes a tone that sounds before the first window for the room.
    await plain.ready
    const [heard, ending] = [beep(plain, 'onset'), beep(plain, 'event')]
    loudness.gain.value = 0.5
    await heard
    loudness.gain.value = 0
    const unrecorded = (await ending) as HeardEvent
    const unheard = await refusal(unrecorded.audio())
    await plain.dispose()
    return {
      thresholds,
      before,
      after: labels,
      times: [began, pageStart, ended.pageStart, ended.pageEnd, over],
      event: structuredClone(ended),
      sound: { start: recording.start, duration: recording.duration },
      loudest: recording.samples.reduce((most, sample) => Math.max(most, sample)),
      rate: recording.sampleRate === context.sampleRate,
      scores: [scores.of('beep'), scores.of('hum'), scores.values[0], scores.values[1]],
      top: scores.top().length,
      best: scores.top(5),
      unheard,
    }
  }, model)
  expect(seen.thresholds).toEqual({ beep: 0.45, hum: 0.6 })
  expect(new Set(seen.before)).toEqual(new Set(['beep']))
  expect(seen.after).toContain('hum')
  // An event begins half a window before what began it.
  const [began, pageStart, again, pageEnd, over] = seen.times
  expect(pageStart).toBeGreaterThan(began - 1000)
  expect(Math.abs(again - pageStart)).toBeLessThan(50)
  expect(pageEnd).toBeGreaterThan(again)
  expect(pageEnd).toBeLessThan(over + 50)
  expect(pageEnd - again).toBeCloseTo(1000 * (seen.event.end - seen.event.start), -2)
  expect(Math.abs(seen.sound.start - seen.event.start)).toBeLessThan(1e-4)
  expect(Math.abs(seen.sound.duration - (seen.event.end - seen.event.start))).toBeLessThan(1e-4)
  expect(seen.loudest).toBeCloseTo(0.5, 2)
  expect(seen.rate).toBe(true)
  expect(seen.scores.slice(0, 2)).toEqual(seen.scores.slice(2))
  expect(seen.top).toBe(1)
  expect(seen.best.map(({ score }) => score)).toEqual(seen.scores.slice(2).sort().reverse())
  expect(seen.unheard).toMatchObject({ code: 'arguments', message: expect.stringMatching(/record/) })
})
