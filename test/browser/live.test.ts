import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { preset } from '../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { builtPage, launchBrowser, servePage } from './harness.ts'
import { frameOf, recordingOf } from './live/blocks.ts'
import type { LivePage, LiveResult } from './live/page.ts'
import { afterMarker, MARKER, MICROPHONE_RATE, microphoneFile } from './microphone-file.ts'
import { clicks, noise } from './signal.ts'

const seconds = (count: number): number => Math.round(count * MICROPHONE_RATE)

/** Noise, a pause, five clicks far apart. */
const clickPlaces = [2, 2.217, 2.433, 2.651, 2.868].map(seconds)
const sound = clicks(seconds(3.2), clickPlaces)
sound.set(noise(7, seconds(1.6)))
const click = sound[clickPlaces[0]]

let browser: Browser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-microphone-'))
  const file = join(folder, 'microphone.wav')
  await writeFile(file, microphoneFile(sound))
  browser = await launchBrowser(file)
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

describe.each(['shared', 'port'] as const)('the microphone, live, over the %s transport', (transport) => {
  it('gives the offline features of the same samples, bit for bit', async () => {
    const { frames, blocks, metrics, ...result } = await listen(transport)
    expect(result.transport).toBe(transport)
    expect(metrics).toMatchObject({ dropped: 0, badSamples: 0 })

    const recording = recordingOf(blocks)
    const after = afterMarker(recording)
    expect(after).toBeGreaterThan(0)
    const unbroken = commonLength(recording.subarray(after), sound)
    console.log(
      `Microphone, ${transport}: ${inSeconds(unbroken)} of ${inSeconds(sound.length)} s came unbroken.`,
    )

    // What the node heard before the marker was silence, so only its length matters. A machine that is too
    // busy loses sound between file and context: then the recording tells what there was to hear.
    const markerFrame = frameOf(blocks, after) - MARKER.length
    const silence = markerFrame - origin(frames, markerFrame / MICROPHONE_RATE)
    const ofRecording = featuresOf(silence, recording.subarray(after - MARKER.length))
    const ofFile = featuresOf(silence, Float32Array.from([...MARKER, ...sound.subarray(0, unbroken)]))
    expect(ofRecording.length).toBeGreaterThan(300)
    const live = frames.map(({ values }) => values)
    // On a busy machine the node has been hearing silence for a while when it learns of its reader.
    const [{ index: first }] = frames
    expect((first * plan.hop) / plan.sampleRate).toBeLessThan(silence / MICROPHONE_RATE)
    expect(frames.map(({ index }) => index)).toEqual(live.map((_, place) => first + place))
    const [recorded, played] = [ofRecording.slice(first), ofFile.slice(first)]
    expect(live.slice(0, recorded.length)).toEqual(recorded.slice(0, live.length))
    expect(live.slice(0, played.length)).toEqual(played)

    const delays = placesOf(click, recording).map((place) => {
      const clicked = frameOf(blocks, place) / MICROPHONE_RATE
      const frame = frames.find(({ time }) => time >= clicked)!
      return (frame.arrived - clicked) * 1000
    })
    expect(delays.length).toBeGreaterThan(0)
    const sorted = delays.sort((a, b) => a - b).map((delay) => delay.toFixed(0))
    console.log(
      `Latency, ${transport}: a click in the microphone to its frame on the main thread: median ${sorted[sorted.length >> 1]} ms (${sorted[0]} to ${sorted[sorted.length - 1]}) of the audio clock; the frame itself is final 20 ms after its hop.`,
    )
  })
})

async function listen(transport: 'shared' | 'port'): Promise<LiveResult> {
  const served = await servePage(await builtPage('test/browser/live'), { isolated: transport === 'shared' })
  const page = await browser.newPage()
  try {
    await page.goto(served.url)
    await page.waitForFunction('window.api')
    return await page.evaluate(
      ([rate, milliseconds]) => (window as unknown as { api: LivePage }).api.listen(rate, milliseconds),
      [MICROPHONE_RATE, 4500],
    )
  } finally {
    await page.close()
    await served.close()
  }
}

const plan = compilePlan(preset('leaf'))

function featuresOf(silence: number, samples: Float32Array): number[][] {
  const frames: number[][] = []
  const engine = new Engine(plan, designResampler(MICROPHONE_RATE, plan.sampleRate))
  const collect = (_: number, values: Float32Array): void => void frames.push([...values])
  engine.push(new Float32Array(silence), collect)
  engine.push(samples, collect)
  return frames
}

/** Frame of the context at which the engine's sample 0 would lie, as the frames after a time tell. */
function origin(frames: LiveResult['frames'], after: number): number {
  const { index, time } = frames.find((frame) => frame.time > after + 0.05)!
  return Math.round((time - (plan.frameCenter + index * plan.hop) / plan.sampleRate) * MICROPHONE_RATE)
}

/** How many samples from the beginning are the same. */
function commonLength(a: Float32Array, b: Float32Array): number {
  const end = b.findIndex((sample, place) => sample !== a[place])
  return end < 0 ? b.length : end
}

const placesOf = (value: number, samples: Float32Array): number[] =>
  [...samples.keys()].filter((place) => samples[place] === value)

const inSeconds = (samples: number): string => (samples / MICROPHONE_RATE).toFixed(2)
