import { RingBuffer } from 'ringbuf.js'
import { type SharedEnd, SharedWord } from '../layout.ts'
import type { Backlog } from './backlog.ts'
import type { Transport } from './transport.ts'

/** Frames through shared memory: the audio thread copies a record and wakes whoever waits. No allocation. */
export class SharedTransport implements Transport {
  readonly #ring: RingBuffer
  readonly #words: Int32Array

  constructor(end: SharedEnd) {
    this.#ring = new RingBuffer(end.ring, Float64Array)
    this.#words = new Int32Array(end.words)
  }

  get sent(): number {
    return Atomics.load(this.#words, SharedWord.received)
  }

  get dropped(): number {
    return Atomics.load(this.#words, SharedWord.skipped)
  }

  get closed(): boolean {
    return Atomics.load(this.#words, SharedWord.closed) === 1
  }

  offer(record: Float64Array): void {
    // As an integer: a float64 would be boxed on its way into the call.
    Atomics.store(this.#words, SharedWord.newest, record[0] | 0)
  }

  send(backlog: Backlog): void {
    let wrote = false
    for (let room = this.#room(backlog); room > 0 && backlog.length > 0; room = this.#room(backlog)) {
      const count = Math.min(room, backlog.run)
      this.#ring.push(backlog.storage, count * backlog.recordLength, backlog.offset)
      backlog.remove(count)
      wrote = true
    }
    if (!wrote) return
    Atomics.add(this.#words, SharedWord.written, 1)
    Atomics.notify(this.#words, SharedWord.written)
  }

  close(): void {}

  #room(backlog: Backlog): number {
    return Math.floor(this.#ring.availableWrite() / backlog.recordLength)
  }
}
