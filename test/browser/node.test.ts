import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arraysInFlight } from '../../src/frame-channel/writer/index.ts'
import { type FrontendDescription, type PresetName, preset } from '../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { heavyGabor, longGammatone } from '../plan/long-frontends.ts'
import { builtPage, launchBrowser, type ServedPage, servePage } from './harness.ts'
import type { NodePage, OfflineRequest, OfflineResult, ReceivedFrame } from './node/page.ts'
import { mean, noise } from './signal.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
})

describe.each(['shared', 'port'] as const)('the node over the %s transport', (transport) => {
  let served: ServedPage
  let page: Page

  beforeAll(async () => {
    served = await servePage(await builtPage('test/browser/node'), { isolated: transport === 'shared' })
    page = await browser.newPage()
    await page.goto(served.url)
    await page.waitForFunction('window.api')
  })

  afterAll(async () => {
    await page?.close()
    await served?.close()
  })

  const render = (request: Partial<OfflineRequest>): Promise<OfflineResult> =>
    page.evaluate((whole) => (window as unknown as { api: NodePage }).api.offline(whole), {
      ...usual,
      ...request,
    })

  const rates: [OfflineRequest['library'], number, PresetName, number?][] = [
    ['native', 16000, 'leaf'],
    ['native', 44100, 'leaf'],
    ['native', 48000, 'leaf'],
    ['native', 48000, 'leaf', 160],
    ['native', 44100, 'mel-log'],
    ['native', 48000, 'mel-tenth-root'],
    ['native', 16000, 'time-domain'],
    ['native', 48000, 'sincnet'],
    ['native', 44100, 'sincnet-plus'],
    ['native', 48000, 'gammatone'],
    ['standardized', 48000, 'leaf'],
  ]
  it.each(rates)(
    'a %s context at %i Hz gives the %s frames of Node, bit for bit',
    async (library, sampleRate, frontend, block) => {
      const result = await render({ library, sampleRate, frontend, block })
      expect(result.transport).toBe(transport)
      const expected = inNode(frontend, sampleRate, noise(1, usual.sound.length))
      expect(expected.length).toBeGreaterThan(100)
      expect(result.received[0]).toEqual(expected)
    },
  )

  it.each([
    ['native', 1],
    ['native', 2],
    ['native', 3],
    ['native', 6],
    ['standardized', 1],
    ['standardized', 2],
  ] as const)('%s: %i channels pass untouched, their mean is heard', async (library, channels) => {
    const { length } = usual.sound
    const result = await render({ library, sound: { channels, length } })
    expect(result.untouched).toBe(true)
    const sounds = Array.from({ length: channels }, (_, place) => noise(place + 1, length))
    expect(result.received[0]).toEqual(inNode('leaf', 48000, mean(sounds)))
  })

  it('swaps the frontend without a missing frame', async () => {
    const { received, swapped } = await render({ swap: { seconds: 0.512, frontend: 'mel-log' } })
    const { frame, sample } = swapped!
    expect(sample).toBe(0.512 * 48000)
    const { length } = usual.sound
    expect(received[0]).toEqual(inNode('leaf', 48000, noise(1, length), { sample, frontend: 'mel-log' }))
    expect(received[0].map(({ index }) => index)).toEqual(received[0].map((_, place) => place))
    expect(received[0][frame].values).not.toEqual(inNode('leaf', 48000, noise(1, length))[frame].values)
  })

  it('drops the oldest frames of a slow reader, and only of that one, and counts them', async () => {
    const { received, before, metrics } = await render({ readers: [20, 1000] })
    const all = inNode('leaf', 48000, noise(1, usual.sound.length))
    const [slow, patient] = received
    expect(patient).toEqual(all)
    const late = slow.length - 20
    expect(late).toBe(transport === 'port' ? arraysInFlight : 0)
    expect(slow).toEqual([...all.slice(0, late), ...all.slice(-20)])
    expect(before.sent! + before.dropped! + before.waiting!).toBe(before.offered)
    expect(metrics).toMatchObject({
      frames: all.length,
      offered: 2 * all.length,
      sent: slow.length + patient.length,
      dropped: all.length - slow.length,
      waiting: 0,
      transport,
    })
  })

  it.each([16000, 44100, 48000])('dates a click at %i Hz to within half a frame', async (sampleRate) => {
    const places = [0.3, 0.507, 0.8031].map((seconds) => Math.round(seconds * sampleRate))
    const { received } = await render({
      sampleRate,
      sound: { clicks: places, length: sampleRate },
      frontend: 'mel-log',
    })
    for (const place of places) {
      const loudest = loudestNear(received[0], place / sampleRate)
      expect(Math.abs(loudest.time - place / sampleRate)).toBeLessThanOrEqual(0.005)
    }
  })

  it.each(['native', 'standardized'] as const)(
    'a live %s context keeps a worker supplied while the main thread stands still',
    async (library) => {
      const { indices, arrivedMeanwhile, metrics } = await page.evaluate(
        (name) => (window as unknown as { api: NodePage }).api.live(name, 1000),
        library,
      )
      expect(indices).toEqual(indices.map((_, place) => indices[0] + place))
      expect(arrivedMeanwhile).toBeGreaterThan(10)
      expect(metrics).toMatchObject({ dropped: 0, badSamples: 0, transport })
      expect(metrics.sent! + metrics.waiting!).toBe(metrics.offered)
      expect(metrics.load).toBeTypeOf('number')
      expect(metrics.clockDrift).toBeTypeOf('number')
    },
  )

  it('leaves the audio thread when it is disposed of, and the sound goes on', async () => {
    const result = await page.evaluate(() => (window as unknown as { api: NodePage }).api.dispose())
    expect(result).toEqual({
      returned: [true, false],
      soundPasses: true,
      afterwards: 'This node was disposed of. Create a new one.',
    })
  })

  it('reports a processor that broke', async () => {
    const error = await page.evaluate(() => (window as unknown as { api: NodePage }).api.broken())
    expect(error).toEqual({
      code: 'worklet-failed',
      message: 'The audio worklet broke. Create the node again; if it stays so, please report it.',
    })
  })

  const compiled = (frontend: FrontendDescription, options?: { stopAt?: number; workers?: boolean }) =>
    page.evaluate(
      ([description, rest]) =>
        (window as unknown as { api: NodePage }).api.compiled(description as FrontendDescription, rest),
      [frontend, options] as const,
    )

  it('compiles in a worker, tells how far it is, and can be given up', async () => {
    const leaf = preset('leaf', { channels: 64 })
    const whole = await compiled(leaf)
    expect(whole.outcome).toBe('compiled')
    expect(whole.shares.length).toBeGreaterThan(50)
    expect(whole.shares).toEqual([...whole.shares].sort((a, b) => a - b))
    expect(whole.shares.at(-1)).toBe(1)
    const engine = new Engine(compilePlan(leaf), designResampler(48000, 16000))
    const frames: number[] = []
    engine.push(noise(1, 24000), (_, values) => frames.push(...values))
    expect(whole.values).toEqual(frames)
    const stopped = await compiled(leaf, { stopAt: 0.3 })
    expect(stopped.outcome).toBe('enough')
    expect(stopped.shares.at(-1)).toBeLessThan(1)
    expect(await compiled(leaf, { workers: false })).toMatchObject({ outcome: 'compiled', values: frames })
  })

  it('refuses at once what cannot run live, or takes too long to compile, with the number', async () => {
    const sluggish = await compiled(longGammatone)
    expect(sluggish.outcome).toMatch(/^This frontend has 251 frames .* take at least \d+ s to compile\. Use/)
    const impossible = await compiled(heavyGabor)
    expect(impossible.outcome).toMatch(
      /^This frontend cannot run live: .* takes at least [\d.]+ s of one core/,
    )
  })

  it('refuses what it cannot do, and says what to do', async () => {
    const messages = await page.evaluate(() => (window as unknown as { api: NodePage }).api.badArguments())
    expect(messages).toEqual([
      expect.stringContaining('hopMs'),
      expect.stringContaining('Pass the AudioWorkletNode of the library that made the context'),
      expect.stringContaining('has no option "workletURL"'),
      expect.stringContaining('Pass its `rawContext`'),
      'The capacity is 0. Use a whole number of frames, 1 or more.',
      expect.stringContaining('has no option "capcity"'),
      expect.stringContaining('has no option "singal"'),
      expect.stringContaining("The new frontend's channels is 64, the present one's 40."),
    ])
  })
})

const usual = {
  library: 'native',
  sampleRate: 48000,
  frontend: 'leaf',
  sound: { channels: 1, length: 72960 },
  readers: [1000],
} satisfies OfflineRequest

/** What the same engine gives in Node for samples at the context's rate, from the context's beginning. */
function inNode(
  frontend: PresetName,
  sampleRate: number,
  samples: Float32Array,
  swap?: { sample: number; frontend: PresetName },
): ReceivedFrame[] {
  const plan = compilePlan(preset(frontend))
  const engine = new Engine(plan, designResampler(sampleRate, plan.sampleRate))
  const frames: ReceivedFrame[] = []
  let { frameCenter } = plan
  const emit = (index: number, values: Float32Array): void => {
    const time = (frameCenter + index * plan.hop) / plan.sampleRate
    frames.push({ index, time, values: Float64Array.from(values) })
  }
  engine.push(samples.subarray(0, swap?.sample), emit)
  if (swap) {
    const next = compilePlan(preset(swap.frontend))
    engine.load(next, designResampler(sampleRate, next.sampleRate))
    frameCenter = next.frameCenter
    engine.push(samples.subarray(swap.sample), emit)
  }
  return frames
}

function loudestNear(frames: ReceivedFrame[], time: number): ReceivedFrame {
  const near = frames.filter((frame) => Math.abs(frame.time - time) < 0.06)
  const energy = ({ values }: ReceivedFrame): number => values.reduce((sum, value) => sum + value, 0)
  return near.reduce((loudest, frame) => (energy(frame) > energy(loudest) ? frame : loudest))
}
