import type { Kernel, MemoryLayout } from './kernel.ts'

/** The newest samples of a stream, to be continued elsewhere. */
export interface Past {
  readonly samples: Float32Array
  /** Absolute index after the newest sample. */
  readonly end: number
}

/**
 * The newest samples of a stream in the kernel's memory, by their absolute index: a linear buffer whose samples move to
 * its front when the next ones would not fit behind. Any thread; allocates when made, in `past` and in `goOn` only.
 */
export class SampleHistory {
  readonly #kernel: Kernel
  readonly #address: number
  readonly #kept: number
  readonly #capacity: number
  /** Samples in the buffer. */
  #length = 0
  /** Absolute index of the buffer's first sample. */
  #start = 0

  /**
   * @param kept samples before the newest that are always there.
   * @param spare samples that can come before any have to move; at least the longest block.
   */
  constructor(kernel: Kernel, kept: number, spare: number, layout: MemoryLayout) {
    this.#kernel = kernel
    this.#kept = kept
    this.#capacity = kept + spare
    this.#address = layout.reserve(this.#capacity)
    this.clear()
  }

  /** Absolute index after the newest sample. */
  get end(): number {
    return this.#start + this.#length
  }

  /** Address of a sample that is still kept, by its absolute index. */
  address(index: number): number {
    return this.#address + (index - this.#start) * 4
  }

  /** Makes room for `count` samples. @returns the address to write them to, before `append`. */
  room(count: number): number {
    if (this.#length + count > this.#capacity) {
      const dropped = this.#length - this.#kept
      this.#kernel.move(this.#address, this.#address + dropped * 4, this.#kept * 4)
      this.#start += dropped
      this.#length = this.#kept
    }
    return this.#address + this.#length * 4
  }

  /** The samples written to the room made are the newest now. */
  append(count: number): void {
    this.#length += count
  }

  /** Appends zeros, at most as many as there is spare room for. */
  appendSilence(count: number): void {
    this.#kernel.clear(this.room(count), count * 4)
    this.append(count)
  }

  /** Forgets the samples from `end` on. */
  cutOff(end: number): void {
    this.#length = Math.min(this.#length, end - this.#start)
  }

  /** Sample 0 comes next; silence lies before it. */
  clear(): void {
    this.#start = -this.#kept
    this.#length = this.#kept
    this.#kernel.clear(this.#address, this.#kept * 4)
  }

  /** A copy of the samples kept; the same however the stream was cut into blocks. */
  past(): Past {
    const count = Math.min(this.#length, this.#kept)
    const view = new Float32Array(this.#kernel.memory.buffer, this.address(this.end - count), count)
    return { samples: view.slice(), end: this.end }
  }

  /** Goes on after another history's samples; silence lies before the oldest of them. */
  goOn({ samples, end }: Past): void {
    this.clear()
    const newest = samples.subarray(Math.max(0, samples.length - this.#kept))
    this.#start = end - this.#kept
    new Float32Array(this.#kernel.memory.buffer, this.address(end - newest.length), newest.length).set(newest)
  }
}
