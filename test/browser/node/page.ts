import * as standardized from 'standardized-audio-context'
import { createLeafNode, type LeafNode, type NodeMetrics } from '../../../src/audio/leaf-node.ts'
import { LeafError } from '../../../src/error.ts'
import { type FrameReader, openFrames } from '../../../src/frame-channel/index.ts'
import { type FrontendDescription, type PresetName, preset } from '../../../src/frontend/index.ts'
import { clicks, noise } from '../signal.ts'

/** One frame as it reached a reader. */
export interface ReceivedFrame {
  readonly index: number
  readonly time: number
  readonly values: Float64Array
}

export interface OfflineRequest {
  readonly library: 'native' | 'standardized'
  readonly sampleRate: number
  readonly frontend: PresetName
  /** Every channel is noise of its own, seeds 1, 2, …; or clicks at these samples. */
  readonly sound: { channels: number; length: number } | { clicks: number[]; length: number }
  /** Capacity of each reader. */
  readonly readers: number[]
  /** Changes to another preset when the context stands at this time. */
  readonly swap?: { seconds: number; frontend: PresetName }
  /** Frames per block, where not the usual 128. */
  readonly block?: number
}

export interface OfflineResult {
  readonly received: ReceivedFrame[][]
  /** Whether what came out of the node is bit for bit what went in. */
  readonly untouched: boolean
  readonly transport: string
  readonly before: NodeMetrics
  readonly metrics: NodeMetrics
  readonly swapped?: { frame: number; sample: number }
}

const api = {
  async offline(request: OfflineRequest): Promise<OfflineResult> {
    const { library, sampleRate, sound } = request
    const channels = soundOf(sound)
    const options = { numberOfChannels: channels.length, length: sound.length, sampleRate }
    const context =
      library === 'native'
        ? new OfflineAudioContext({ ...options, renderSizeHint: request.block ?? 'default' } as never)
        : (new standardized.OfflineAudioContext(options) as unknown as OfflineAudioContext)
    const node = await createLeafNode(context, preset(request.frontend), classFor(library))
    const inlets = await Promise.all(request.readers.map((capacity) => node.openFrames({ capacity })))
    const readers = inlets.map(openFrames)
    const source = context.createBufferSource()
    source.buffer = context.createBuffer(channels.length, sound.length, sampleRate)
    for (const [place, samples] of channels.entries()) source.buffer.copyToChannel(samples, place)
    source.connect(node.input)
    node.output.connect(context.destination)
    source.start()
    let swapped: OfflineResult['swapped']
    if (request.swap) {
      const { seconds, frontend } = request.swap
      void context.suspend(seconds).then(async () => {
        swapped = await node.swap(preset(frontend))
        await context.resume()
      })
    }
    const output = await context.startRendering()
    const before = await node.metrics()
    const received = await Promise.all(readers.map((reader) => drainAll(node, reader)))
    const untouched = channels.every((samples, place) => equal(samples, output.getChannelData(place)))
    const metrics = await node.metrics()
    node.dispose()
    return { received, untouched, transport: inlets[0].kind, before, metrics, swapped }
  },

  /** Node alive, then disposed of: what process() returned in the worklet, and whether sound still passes. */
  async dispose(): Promise<{ returned: boolean[]; soundPasses: boolean; afterwards: string }> {
    const context = new AudioContext({ sampleRate: 48000 })
    await context.audioWorklet.addModule(scriptUrl(watchProcess))
    const returned: boolean[] = []
    const node = await createLeafNode(context, preset('leaf'))
    const witness = new AudioWorkletNode(context, 'returns', { numberOfInputs: 0 })
    witness.port.onmessage = ({ data }) => returned.push(data)
    const source = new ConstantSourceNode(context, { offset: 0.25 })
    const analyser = new AnalyserNode(context)
    source.connect(node.input)
    node.output.connect(analyser)
    source.start()
    await until(() => returned.length > 0)
    node.dispose()
    await until(() => returned.includes(false))
    const heard = new Float32Array(16)
    await until(() => {
      analyser.getFloatTimeDomainData(heard)
      return heard[0] === 0.25
    })
    const afterwards = await node.metrics().then(String, (error) => error.message)
    await context.close()
    return { returned: [...new Set(returned)], soundPasses: heard[0] === 0.25, afterwards }
  },

  /** The error a node reports when its processor throws. */
  async broken(): Promise<{ code: string; message: string }> {
    const context = new AudioContext()
    await context.audioWorklet.addModule(scriptUrl(breakProcess))
    const node = await createLeafNode(context, preset('leaf'))
    const { error } = await new Promise<{ error: LeafError }>((resolve) =>
      node.addEventListener('error', ({ detail }) => resolve(detail)),
    )
    node.dispose()
    await context.close()
    return { code: error.code, message: error.message }
  },

  /** A live context of either library with a reader in a worker, while this thread stands still for a while. */
  async live(
    library: 'native' | 'standardized',
    blockedMs: number,
  ): Promise<{ indices: number[]; arrivedMeanwhile: number; metrics: NodeMetrics }> {
    const context =
      library === 'native'
        ? new AudioContext({ sampleRate: 44100 })
        : (new standardized.AudioContext({ sampleRate: 44100 }) as unknown as AudioContext)
    const node = await createLeafNode(context, preset('leaf'), classFor(library))
    const source = context.createOscillator()
    source.connect(node.input)
    source.start()
    const worker = new Worker(new URL('./reader.ts', import.meta.url), { type: 'module' })
    const inlet = await node.openFrames()
    worker.postMessage(inlet, inlet.kind === 'port' ? [inlet.port] : [])
    await pause(300)
    const begin = Date.now()
    const end = begin + blockedMs
    while (Date.now() < end);
    await pause(300)
    const metrics = await node.metrics()
    const report = new Promise<{ index: number; arrived: number }[]>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data)
    })
    worker.postMessage('report')
    const frames = await report
    const indices = frames.map(({ index }) => index)
    // Not the very end: a thread may be woken a little late.
    const arrivedMeanwhile = frames.filter(({ arrived }) => arrived > begin && arrived < end - 100).length
    node.dispose()
    worker.terminate()
    await context.close()
    return { indices, arrivedMeanwhile, metrics }
  },

  /** Null if createLeafNode succeeds, else the code and message of its error. */
  async refusal({ library, workletUrl }: { library: 'native' | 'standardized'; workletUrl?: string }) {
    const options = { length: 128, sampleRate: 48000 }
    const context =
      library === 'native'
        ? new OfflineAudioContext(options)
        : (new standardized.OfflineAudioContext(options) as unknown as OfflineAudioContext)
    try {
      await createLeafNode(context, preset('leaf'), { ...classFor(library), workletUrl })
      return null
    } catch (error) {
      return error instanceof LeafError ? { code: error.code, message: error.message } : String(error)
    }
  },

  /** A long frontend, compiled while the page counts its tasks, with what it was told; `outcome` is its error or its frames. */
  async compiled(
    frontend: FrontendDescription,
    { stopAt = 2, workers = true } = {},
  ): Promise<{ outcome: string; shares: number[]; tasks: number; values: number[] }> {
    const { Worker: Kept } = globalThis
    if (!workers) Object.assign(globalThis, { Worker: undefined })
    let going = true
    let tasks = 0
    const counting = (async () => {
      for (; going; tasks++) await pause(1)
    })()
    const shares: number[] = []
    const control = new AbortController()
    const onProgress = (share: number) => {
      shares.push(share)
      if (share >= stopAt) control.abort(new Error('enough'))
    }
    const context = new OfflineAudioContext(1, 24000, 48000)
    const values: number[] = []
    let outcome = 'compiled'
    try {
      const node = await createLeafNode(context, frontend, { onProgress, signal: control.signal })
      const reader = openFrames(await node.openFrames())
      const source = context.createBufferSource()
      source.buffer = context.createBuffer(1, 24000, 48000)
      source.buffer.copyToChannel(noise(1, 24000), 0)
      source.connect(node.input)
      source.start()
      await context.startRendering()
      values.push(...(await drainAll(node, reader)).flatMap((frame) => [...frame.values]))
      await node.dispose()
    } catch (error) {
      outcome = (error as Error).message
    }
    going = false
    await counting
    Object.assign(globalThis, { Worker: Kept })
    return { outcome, shares, tasks, values }
  },

  /** What createLeafNode and a node throw for bad arguments. */
  async badArguments(): Promise<string[]> {
    const context = new OfflineAudioContext(1, 128, 48000)
    const node = await createLeafNode(context, preset('leaf'))
    const foreign = new standardized.OfflineAudioContext({ length: 128, sampleRate: 48000 })
    const attempts = [
      () => createLeafNode(context, { ...preset('leaf'), hopMs: -1 }),
      () => createLeafNode(foreign, preset('leaf')),
      () => createLeafNode(context, preset('leaf'), { workletURL: 'leaf.worklet.js' } as object),
      () => createLeafNode({ rawContext: context } as never, preset('leaf')),
      () => node.openFrames({ capacity: 0 }),
      () => node.openFrames({ capcity: 4096 } as object),
      () => node.swap(preset('leaf'), { singal: null } as object),
      () => node.swap(preset('leaf', { channels: 64 })),
    ]
    const outcomes = attempts.map((attempt) =>
      attempt().then(
        () => 'no error',
        (error) => (error instanceof LeafError ? error.message : `not a LeafError: ${error}`),
      ),
    )
    return Promise.all(outcomes)
  },
}

export type NodePage = typeof api
Object.assign(window, { api })

/** Wraps registerProcessor so that what every process() of the node returns is told to the processor 'returns'. */
const watchProcess = `
  const register = registerProcessor
  let port = null
  globalThis.registerProcessor = (name, Class) => register(name, class extends Class {
    process(...all) {
      const result = super.process(...all)
      port?.postMessage(result)
      return result
    }
  })
  register('returns', class extends AudioWorkletProcessor {
    constructor() { super(); port = this.port }
    process() { return true }
  })`

/** Lets the node's processor throw after a while. */
const breakProcess = `
  const register = registerProcessor
  globalThis.registerProcessor = (name, Class) => register(name, class extends Class {
    process(...all) {
      if (currentTime > 1) throw new Error('broken by the test')
      return super.process(...all)
    }
  })`

const scriptUrl = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))

function soundOf(sound: OfflineRequest['sound']): Float32Array<ArrayBuffer>[] {
  if ('clicks' in sound) return [clicks(sound.length, sound.clicks)]
  return Array.from({ length: sound.channels }, (_, place) => noise(place + 1, sound.length))
}

const classFor = (library: string) =>
  library === 'native' ? {} : { AudioWorkletNode: standardized.AudioWorkletNode as never }

async function drainAll(node: LeafNode, reader: FrameReader): Promise<ReceivedFrame[]> {
  const frames: ReceivedFrame[] = []
  for (let idle = 0; idle < 3; ) {
    const count = reader.drain((index, time, values) => frames.push({ index, time, values: values.slice() }))
    idle = count === 0 ? idle + 1 : 0
    // Asking makes the audio thread hand on what had to wait.
    await node.metrics()
    await pause(5)
  }
  return frames
}

const equal = (a: Float32Array, b: Float32Array): boolean => a.every((value, i) => Object.is(value, b[i]))

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(5)
}
