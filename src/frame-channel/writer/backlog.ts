import { recordLength } from '../layout.ts'

/**
 * The newest records not sent yet, oldest first, in memory reserved once.
 * Audio thread; nothing here allocates after construction.
 */
export class Backlog {
  readonly recordLength: number
  /** Records lie in it one after another; the oldest at `offset`. */
  readonly storage: Float64Array
  readonly #capacity: number
  #first = 0
  #length = 0

  constructor(channels: number, capacity: number) {
    this.recordLength = recordLength(channels)
    this.storage = new Float64Array(capacity * this.recordLength)
    this.#capacity = capacity
  }

  /** Records in it. */
  get length(): number {
    return this.#length
  }

  /** Where the oldest record begins in `storage`. */
  get offset(): number {
    return this.#first * this.recordLength
  }

  /** Records, from the oldest on, that lie in one piece of `storage`. */
  get run(): number {
    return Math.min(this.#length, this.#capacity - this.#first)
  }

  /** Adds a record, copied. @returns whether the oldest one had to go for it */
  add(record: Float64Array): boolean {
    const full = this.#length === this.#capacity
    if (full) this.remove(1)
    this.storage.set(record, ((this.#first + this.#length) % this.#capacity) * this.recordLength)
    this.#length++
    return full
  }

  /** Removes the oldest `count` records. */
  remove(count: number): void {
    this.#first = (this.#first + count) % this.#capacity
    this.#length -= count
  }
}
