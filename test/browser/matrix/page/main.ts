import {
  type BackendChoice,
  createLeafNode,
  createListener,
  openFrames,
  preset,
} from '../../../../src/index.ts'
import { noise } from '../../signal.ts'
import { NOISE_LENGTH, NOISE_RATE, NOISE_SEED } from '../noise.ts'

/** What a browser offers of what the library uses and can do without. */
export interface Offer {
  readonly isolated: boolean
  readonly sharedMemory: boolean
}

/** How the live path went. */
export interface LiveOutcome {
  readonly transport: string
  /** From the browser's giving of the microphone to the first frame of later sound on the main thread. */
  readonly firstFrameMs: number
  /** Frames of the microphone that reached the page, and whether every feature was finite. */
  readonly frames: number
  readonly finite: boolean
  /** Largest less smallest feature: about 0 if the microphone was silent all the time. */
  readonly range: number
  readonly choice: BackendChoice
  /** Labels of the clip's events, in the order told. */
  readonly events: string[]
  readonly dropped: number | null
}

const MICROPHONE_MS = 2000

const api = {
  offer: (): Offer => ({
    isolated: crossOriginIsolated,
    sharedMemory: typeof globalThis.SharedArrayBuffer === 'function',
  }),

  /** Features of noise, computed on the audio thread of an offline context. */
  async features(): Promise<number[][]> {
    const context = new OfflineAudioContext(1, NOISE_LENGTH, NOISE_RATE)
    const node = await createLeafNode(context, preset('leaf'))
    const reader = openFrames(await node.openFrames())
    const buffer = context.createBuffer(1, NOISE_LENGTH, NOISE_RATE)
    // Before the source has it: Firefox plays nothing that is written later.
    buffer.copyToChannel(noise(NOISE_SEED, NOISE_LENGTH), 0)
    const source = context.createBufferSource()
    source.buffer = buffer
    source.connect(node.input)
    source.start()
    const frames: number[][] = []
    reader.onAvailable = () => reader.drain((_index, _time, values) => frames.push([...values]))
    await context.startRendering()
    const count = (await node.metrics()).frames ?? 0
    while (frames.length < count) await pause(10)
    return frames
  },

  /** Listens to the microphone for a while, then plays a clip until an event has the label; to its end for null. */
  async live(model: string, clip: string, until: string | null): Promise<LiveOutcome> {
    const listener = await createListener({ model: new URL(model, location.href) })
    const { context, node } = listener
    const failure = next<{ error: Error }>(listener, 'error').then(({ error }) => Promise.reject(error))
    const warm = next<BackendChoice>(listener, 'backend')
    const inlet = await node.openFrames()
    const reader = openFrames(inlet)
    const grant = watchGrant(context)
    const heard = { frames: 0, finite: true, least: Infinity, most: -Infinity, first: 0 }
    reader.onAvailable = () =>
      reader.drain((_index, time, values) => {
        // A context that ran before told of silence till then.
        if (!(time > grant.time)) return
        heard.first ||= performance.now()
        heard.frames++
        heard.finite &&= values.every(Number.isFinite)
        heard.least = Math.min(heard.least, ...values)
        heard.most = Math.max(heard.most, ...values)
      })
    await Promise.race([listener.start('microphone'), failure])
    await Promise.race([pause(MICROPHONE_MS), failure])
    reader.close()
    listener.stop()
    const choice = listener.backend ?? (await Promise.race([warm, failure]))
    // What the microphone brought has ended then, and cannot run into the clip.
    await rest(context)
    const events: string[] = []
    const told = new Promise<'told'>((resolve) =>
      listener.addEventListener('event', ({ detail }) => {
        events.push(detail.label)
        if (detail.label === until) resolve('told')
      }),
    )
    await listener.start(new URL(clip, location.href))
    if ((await Promise.race([told, next(listener, 'ended'), failure])) === 'told') listener.stop()
    await rest(context)
    const { dropped, transport } = await node.metrics()
    await listener.dispose()
    return {
      transport: transport ?? 'none',
      firstFrameMs: heard.first - grant.at,
      frames: heard.frames,
      finite: heard.finite,
      range: heard.most - heard.least,
      choice,
      events,
      dropped,
    }
  },
}

export type MatrixPage = typeof api
Object.assign(window, { api })

/** When the browser gives the next microphone: on the page's clock, ms, and on the context's, s. */
function watchGrant(context: AudioContext): { at: number; time: number } {
  const grant = { at: 0, time: Infinity }
  const { mediaDevices } = navigator
  const ask = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints)
    Object.assign(grant, { at: performance.now(), time: context.currentTime })
    return stream
  }
  return grant
}

function next<Detail>(target: EventTarget, name: string): Promise<Detail> {
  return new Promise((resolve) =>
    target.addEventListener(name, (event) => resolve((event as CustomEvent<Detail>).detail), { once: true }),
  )
}

/** Waits for the listener to let its context rest, after the silence that ends all events. */
async function rest(context: AudioContext): Promise<void> {
  while (context.state === 'running') await next(context, 'statechange')
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
