import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { encodeWav } from '../../src/audio/encode-wav.ts'
import type { Scores } from '../../src/classifier/index.ts'
import type { LeafError } from '../../src/error.ts'
import type { DetectedEvent, EventOnset } from '../../src/events/index.ts'
import { writeModel } from '../../src/model/index.ts'
import { headedModel } from '../model/tiny-model.ts'
import { type BuiltPage, buildPage, launchBrowser, type ServedPage, servePage } from './harness.ts'
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

let built: BuiltPage
let served: ServedPage
let browser: Browser
let page: Page

beforeAll(async () => {
  built = await buildPage('test/browser/listen')
  served = await servePage(built.folder, { isolated: true })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
  await built?.remove()
})

beforeEach(async () => {
  page = await browser.newPage()
  await page.goto(served.url)
  await page.waitForFunction(() => window.page !== undefined)
})

afterEach(() => page.close())

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
