import { type PortEnd, readerClosed } from './layout.ts'
import type { FrameCallback, FrameReader } from './reader.ts'

/** Reads messages, and sends their arrays back to be filled again. */
export class PortReader implements FrameReader {
  readonly channels: number
  readonly #port: MessagePort
  readonly #values: Float64Array
  readonly #inbox: Float64Array<ArrayBuffer>[] = []
  #onAvailable: (() => void) | null = null

  constructor({ channels, port }: PortEnd) {
    this.channels = channels
    this.#port = port
    this.#values = new Float64Array(channels)
    port.onmessage = ({ data }: MessageEvent<Float64Array<ArrayBuffer>>) => {
      this.#inbox.push(data)
      this.#onAvailable?.()
    }
  }

  get onAvailable(): (() => void) | null {
    return this.#onAvailable
  }

  set onAvailable(callback: (() => void) | null) {
    this.#onAvailable = callback
    if (this.#inbox.length > 0) queueMicrotask(() => this.#onAvailable?.())
  }

  drain(onFrame: FrameCallback): number {
    let frames = 0
    for (let array = this.#inbox.shift(); array; array = this.#inbox.shift()) {
      try {
        frames += this.#read(array, onFrame)
      } finally {
        this.#port.postMessage(array, [array.buffer])
      }
    }
    return frames
  }

  #read(array: Float64Array, onFrame: FrameCallback): number {
    const count = array[0]
    let at = 1
    for (let frame = 0; frame < count; frame++) {
      const index = array[at++]
      const time = array[at++]
      for (let channel = 0; channel < this.channels; channel++) this.#values[channel] = array[at++]
      onFrame(index, time, this.#values)
    }
    return count
  }

  close(): void {
    this.#onAvailable = null
    this.#port.postMessage(readerClosed)
    this.#port.close()
  }
}
