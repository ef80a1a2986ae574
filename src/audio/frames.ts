import { RingBuffer } from 'ringbuf.js'
import {
  type FrameEnd,
  type PortEnd,
  readerClosed,
  recordLength,
  type SharedEnd,
  SharedWord,
} from '../../worklet/transport/channel.ts'

/**
 * A reader's end of a way for frames, as `LeafNode.openFrames` gives it. It can be posted to a worker
 * (with `inletTransfer`) and is opened once, by the thread that reads.
 */
export type FrameInlet = FrameEnd

/**
 * Told of one frame.
 * @param index frame index since the node began; a hole in the sequence is dropped frames
 * @param time seconds on the audio context's clock, of the frame's centre
 * @param values one per channel; the array is used again for the next frame
 */
export type FrameCallback = (index: number, time: number, values: Float64Array) => void

/** Where frames come out: on the main thread, in a worker or in Node. Never blocks the audio thread. */
export interface FrameReader {
  readonly channels: number
  /** Called on this thread when frames have come since the last call. Null: nobody is woken, drain at will. */
  onAvailable: (() => void) | null
  /** Hands over every frame that is here now, oldest first. @returns how many */
  drain(onFrame: FrameCallback): number
  /** Ends the way: the audio thread lets go of it. */
  close(): void
}

/** What has to be in the transfer list when the inlet is posted to another thread. */
export function inletTransfer(inlet: FrameInlet): Transferable[] {
  return inlet.kind === 'port' ? [inlet.port] : []
}

/** Opens the reader's end on the thread that will read. */
export function openFrames(inlet: FrameInlet): FrameReader {
  return inlet.kind === 'shared' ? new SharedReader(inlet) : new PortReader(inlet)
}

/**
 * Both ends of a new way: the outlet's for the audio thread, the reader's for whoever reads. Through
 * shared memory where the page is cross-origin isolated, else through a MessagePort.
 */
export function createFrameChannel(
  channels: number,
  capacity: number,
): { outlet: FrameEnd; inlet: FrameInlet } {
  if (!canShare()) {
    const { port1, port2 } = new MessageChannel()
    return {
      outlet: { kind: 'port', channels, capacity, port: port1 },
      inlet: { kind: 'port', channels, capacity, port: port2 },
    }
  }
  const end: SharedEnd = {
    kind: 'shared',
    channels,
    capacity,
    ring: RingBuffer.getStorageForCapacity(capacity * recordLength(channels), Float64Array),
    words: new SharedArrayBuffer(SharedWord.count * Int32Array.BYTES_PER_ELEMENT),
  }
  return { outlet: end, inlet: end }
}

/** WebKitGTK isolates a page and yet has no SharedArrayBuffer; without waitAsync nothing could wake a reader. */
const canShare = (): boolean =>
  globalThis.crossOriginIsolated === true &&
  typeof globalThis.SharedArrayBuffer === 'function' &&
  typeof Atomics.waitAsync === 'function'

class SharedReader implements FrameReader {
  readonly channels: number
  readonly #capacity: number
  readonly #ring: RingBuffer
  readonly #words: Int32Array<SharedArrayBuffer>
  readonly #record: Float64Array
  readonly #values: Float64Array
  #onAvailable: (() => void) | null = null
  #seen = 0
  #watching = false

  constructor({ channels, capacity, ring, words }: SharedEnd) {
    this.channels = channels
    this.#capacity = capacity
    this.#ring = new RingBuffer(ring, Float64Array)
    this.#words = new Int32Array(words)
    this.#record = new Float64Array(recordLength(channels))
    this.#values = this.#record.subarray(2)
  }

  get onAvailable(): (() => void) | null {
    return this.#onAvailable
  }

  set onAvailable(callback: (() => void) | null) {
    this.#onAvailable = callback
    if (callback && !this.#watching) void this.#watch()
  }

  drain(onFrame: FrameCallback): number {
    let frames = 0
    while (this.#ring.pop(this.#record) > 0) {
      const [index, time] = this.#record
      const stale = Atomics.load(this.#words, SharedWord.newest) - index >= this.#capacity
      Atomics.add(this.#words, stale ? SharedWord.skipped : SharedWord.taken, 1)
      if (stale) continue
      frames++
      onFrame(index, time, this.#values)
    }
    return frames
  }

  close(): void {
    this.#onAvailable = null
    Atomics.store(this.#words, SharedWord.closed, 1)
    Atomics.notify(this.#words, SharedWord.written)
  }

  async #watch(): Promise<void> {
    this.#watching = true
    while (this.#onAvailable) {
      await Atomics.waitAsync(this.#words, SharedWord.written, this.#seen).value
      const written = Atomics.load(this.#words, SharedWord.written)
      if (written === this.#seen) continue
      this.#seen = written
      this.#onAvailable?.()
    }
    this.#watching = false
  }
}

class PortReader implements FrameReader {
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
    let place = 1
    for (let frame = 0; frame < count; frame++) {
      const index = array[place++]
      const time = array[place++]
      for (let channel = 0; channel < this.channels; channel++) this.#values[channel] = array[place++]
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
