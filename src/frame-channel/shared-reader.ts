import { RingBuffer } from 'ringbuf.js'
import { recordLength, type SharedEnd, SharedWord } from './layout.ts'
import type { FrameCallback, FrameReader } from './reader.ts'

/** Reads the shared ring; waits without blocking its thread. */
export class SharedReader implements FrameReader {
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
      Atomics.add(this.#words, stale ? SharedWord.skipped : SharedWord.received, 1)
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
