import { openFrames } from '../../../src/audio/frames.ts'
import { openMicrophone } from '../../../src/audio/microphone.ts'
import { createLeafNode, type NodeMetrics } from '../../../src/audio/node.ts'
import { preset } from '../../../src/frontend/index.ts'

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
  readonly blocks: { frame: number; samples: number[] }[]
  readonly metrics: NodeMetrics
}

const recorder = `registerProcessor('recorder', class extends AudioWorkletProcessor {
  process([[samples]]) {
    if (samples) this.port.postMessage({ frame: currentFrame, samples: samples.slice() })
    return true
  }
})`

const api = {
  /** Listens to the microphone for a while with a node and a recorder side by side. */
  async listen(sampleRate: number, milliseconds: number): Promise<LiveResult> {
    const context = new AudioContext({ sampleRate })
    const url = URL.createObjectURL(new Blob([recorder], { type: 'text/javascript' }))
    await context.audioWorklet.addModule(url)
    const tap = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0 })
    const blocks: { frame: number; samples: Float32Array }[] = []
    tap.port.onmessage = ({ data }) => blocks.push(data)
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
    return {
      transport: inlet.kind,
      frames,
      blocks: blocks.map(({ frame, samples }) => ({ frame, samples: [...samples] })),
      metrics,
    }
  },
}

export type LivePage = typeof api
Object.assign(window, { api })
