/**
 * The last samples of a sound, by their frame on the context's clock. What the browser left out is silence. Audio
 * thread; allocates when made and when read, never when written.
 */
export class RecordingRing {
  readonly #samples: Float32Array
  /** Frame of the context at which the sound began. */
  #start = 0
  /** One past its newest sample; -1 before the first block. */
  #end = -1

  /** @param capacity samples kept */
  constructor(capacity: number) {
    this.#samples = new Float32Array(capacity)
  }

  /** Frame of the oldest sample that is kept. */
  get start(): number {
    return Math.max(this.#start, this.#end - this.#samples.length)
  }

  /** Frame after the newest sample; equals `start` before the first block. */
  get end(): number {
    return Math.max(this.#start, this.#end)
  }

  /** @param frame of the context at which the block begins; not before the end of the one before it */
  write(block: Float32Array, frame: number): void {
    if (this.#end < 0) {
      this.#start = frame
      this.#end = frame
    }
    const capacity = this.#samples.length
    for (let lost = Math.max(this.#end, frame - capacity); lost < frame; lost++) {
      this.#samples[lost % capacity] = 0
    }
    const offset = frame % capacity
    if (offset + block.length <= capacity) this.#samples.set(block, offset)
    else for (let i = 0; i < block.length; i++) this.#samples[(offset + i) % capacity] = block[i]
    this.#end = frame + block.length
  }

  /** A copy of the samples of frames [from, to), as far as they are still kept. */
  read(from: number, to: number): Float32Array<ArrayBuffer> {
    const first = Math.max(from, this.start)
    const length = Math.max(0, Math.min(to, this.end) - first)
    const copy = new Float32Array(length)
    const offset = first % this.#samples.length
    const head = this.#samples.subarray(offset, offset + length)
    copy.set(head)
    copy.set(this.#samples.subarray(0, length - head.length), head.length)
    return copy
  }
}
