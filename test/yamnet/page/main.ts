import { createLeafNode } from '../../../src/audio/leaf-node.ts'
import { Classifier } from '../../../src/classifier/index.ts'
import { createFrameChannel, openFrames } from '../../../src/frame-channel/index.ts'
import { Outlet } from '../../../src/frame-channel/writer/index.ts'
import { listen } from '../../../src/listen.ts'
import { fetchModel, readModel } from '../../../src/model/index.ts'

const MODEL = new URL('yamnet.safetensors', document.baseURI)
const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

const api = {
  /** Scores of windows by the classifier's worker. @param windows each [windowFrames, channels] */
  async worker(windows: number[][], backend: 'wasm' | 'webgpu'): Promise<number[][]> {
    const bytes = await fetchModel(MODEL)
    const { classifier: layers, frontend } = readModel(bytes)
    const { inlet, outlet } = createFrameChannel(frontend.channels, 4096)
    const frames = new Outlet(outlet)
    const classifier = new Classifier()
    const scores: number[][] = []
    let failure: Error | undefined
    classifier.addEventListener('error', ({ detail }) => {
      failure = detail.error
    })
    classifier.addEventListener('scores', ({ detail }) => scores.push(Array.from(detail.values)))
    await classifier.start({ model: bytes, frames: () => inlet, backends: [backend] })
    // Windows begin at whole hops, and after a hole anew.
    const apart = 2 * Math.ceil(layers.windowFrames / layers.hopFrames) * layers.hopFrames
    for (const [k, window] of windows.entries()) {
      for (let i = 0; i < layers.windowFrames; i++) {
        const values = window.slice(i * frontend.channels, (i + 1) * frontend.channels)
        const index = k * apart + i
        frames.push(Float64Array.of(index, index / 100, ...values))
      }
      while (scores.length <= k) {
        if (failure) throw failure
        await wait(5)
      }
    }
    await classifier.dispose()
    return scores
  },

  /** The first frames that the worklet makes of a sound. */
  async worklet(samples: number[], sampleRate: number, count: number): Promise<number[]> {
    const { frontend } = readModel(await fetchModel(MODEL))
    const context = new OfflineAudioContext({ length: samples.length, sampleRate })
    const node = await createLeafNode(context, frontend)
    const reader = openFrames(await node.openFrames({ capacity: 1024 }))
    const source = context.createBufferSource()
    source.buffer = context.createBuffer(1, samples.length, sampleRate)
    source.buffer.copyToChannel(Float32Array.from(samples), 0)
    source.connect(node.input)
    node.output.connect(context.destination)
    source.start()
    await context.startRendering()
    const frames: number[] = []
    while (frames.length < count * frontend.channels) {
      reader.drain((index, _time, values) => {
        if (index < count) frames.push(...values)
      })
      await wait(5)
    }
    node.dispose()
    return frames
  },

  /** Listens to a noise for some seconds. @returns shares of a core, and seconds from window to window */
  async live(seconds: number): Promise<{ backend: string; inference: number; audio: number; hop: number }> {
    const context = new AudioContext({ sampleRate: 48000 })
    const buffer = context.createBuffer(1, 48000 * (seconds + 5), 48000)
    for (let i = 0; i < buffer.length; i++) buffer.getChannelData(0)[i] = (Math.random() - 0.5) / 10
    const listener = await listen({ model: MODEL, source: buffer, context })
    const { backend } = await listener.ready
    const centers: number[] = []
    listener.addEventListener('scores', ({ detail }) => centers.push(detail.center))
    await wait(seconds * 1000)
    const { inferenceTime, load } = await listener.metrics()
    const hop = (centers[centers.length - 1] - centers[0]) / (centers.length - 1)
    await listener.dispose()
    return { backend, inference: Number(inferenceTime) / 1000 / hop, audio: Number(load), hop }
  },
}

declare global {
  interface Window {
    yamnet: typeof api
  }
}
window.yamnet = api
