import { createLeafNode, type NodeMetrics } from '../../../src/audio/leaf-node.ts'
import { openMicrophone } from '../../../src/audio/microphone.ts'
import { openFrames } from '../../../src/frame-channel/index.ts'
import { preset } from '../../../src/frontend/index.ts'
import { createListener } from '../../../src/listen.ts'

export interface LiveFrame {
  readonly index: number
  readonly time: number
  readonly values: number[]
  /** Where the context's clock stood when the frame reached the main thread. */
  readonly arrived: number
}

export interface LiveResult {
  readonly transport: string
  readonly frames: LiveFrame[]
  /** What came from the microphone, from a processor beside the node: each block's frame and samples. */
  readonly blocks: { frame: number; samples: Float32Array }[]
  readonly metrics: NodeMetrics
}

export interface HeardOnset {
  readonly label: string
  /** Seconds on the context's clock. */
  readonly start: number
  /** Where the context's clock stood when it was told. */
  readonly arrived: number
}

export interface HeardResult extends Pick<LiveResult, 'blocks'> {
  readonly onsets: HeardOnset[]
}

const recorder = `registerProcessor('recorder', class extends AudioWorkletProcessor {
  process([[samples]]) {
    if (samples) this.port.postMessage({ frame: currentFrame, samples: samples.slice() })
    return true
  }
})`

type Blocks = LiveResult['blocks']

async function record(context: AudioContext): Promise<{ tap: AudioWorkletNode; blocks: Blocks }> {
  const url = URL.createObjectURL(new Blob([recorder], { type: 'text/javascript' }))
  await context.audioWorklet.addModule(url)
  const tap = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0 })
  const blocks: Blocks = []
  tap.port.onmessage = ({ data }) => blocks.push(data)
  return { tap, blocks }
}

const api = {
  /** Listens to the microphone for a while with a node and a recorder side by side. */
  async listen(sampleRate: number, milliseconds: number): Promise<LiveResult> {
    const context = new AudioContext({ sampleRate })
    const { tap, blocks } = await record(context)
    const node = await createLeafNode(context, preset('leaf'))
    const inlet = await node.openFrames({ capacity: 1000 })
    const reader = openFrames(inlet)
    const frames: LiveFrame[] = []
    reader.onAvailable = () => {
      const arrived = context.currentTime
      reader.drain((index, time, values) => frames.push({ index, time, values: [...values], arrived }))
    }
    const microphone = await openMicrophone(context)
    microphone.output.connect(tap)
    microphone.output.connect(node.input)
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    microphone.stop()
    const metrics = await node.metrics()
    node.dispose()
    await context.close()
    return { transport: inlet.kind, frames, blocks, metrics }
  },

  /** Listens to the microphone for a while with a model that is warm already. */
  async hear(sampleRate: number, milliseconds: number, model: Uint8Array): Promise<HeardResult> {
    const context = new AudioContext({ sampleRate })
    const { tap, blocks } = await record(context)
    const listener = await createListener({ model, context })
    if (listener.backend === null) {
      await new Promise((resolve) => listener.addEventListener('backend', resolve, { once: true }))
    }
    const onsets: HeardOnset[] = []
    listener.addEventListener('onset', ({ detail: { label, start } }) => {
      onsets.push({ label, start, arrived: context.currentTime })
    })
    await listener.start('microphone')
    listener.source?.output.connect(tap)
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    await listener.dispose()
    await context.close()
    return { blocks, onsets }
  },
}

export type LivePage = typeof api
Object.assign(window, { api })
