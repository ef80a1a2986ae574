import type { AllReduce } from '../network/index.ts'

/** Places of the control words. */
const ARRIVED = 0
const ROUND = 1
const FAILED = 2
const WORDS = 4
/** Milliseconds after which a waiting thread looks whether the other has failed. */
const PATIENCE = 200
const REASON_BYTES = 1000

/** What threads share that meet; plain data. */
export interface RendezvousMemory {
  readonly words: Int32Array<SharedArrayBuffer>
  /** Two banks of numbers for each thread, used by turns. */
  readonly numbers: Float64Array<SharedArrayBuffer>
  /** Why a thread has failed, UTF-8. */
  readonly reason: Uint8Array<SharedArrayBuffer>
}

export function rendezvousMemory(threads: number, capacity: number): RendezvousMemory {
  return {
    words: new Int32Array(new SharedArrayBuffer(4 * WORDS)),
    numbers: new Float64Array(new SharedArrayBuffer(8 * 2 * threads * capacity)),
    reason: new Uint8Array(new SharedArrayBuffer(REASON_BYTES)),
  }
}

/** Threads that wait for each other and add up numbers; each thread has one of its own over the same memory. */
export class Rendezvous implements AllReduce {
  readonly #memory: RendezvousMemory
  readonly #thread: number
  readonly #threads: number
  #bank = 0

  /** @param thread 0 to threads - 1 */
  constructor(memory: RendezvousMemory, thread: number, threads: number) {
    this.#memory = memory
    this.#thread = thread
    this.#threads = threads
  }

  sum(values: Float64Array): void {
    const { numbers } = this.#memory
    const capacity = numbers.length / (2 * this.#threads)
    const slot = (thread: number) => (this.#bank * this.#threads + thread) * capacity
    numbers.set(values, slot(this.#thread))
    this.meet()
    for (let i = 0; i < values.length; i++) {
      let sum = 0
      for (let thread = 0; thread < this.#threads; thread++) sum += numbers[slot(thread) + i]
      values[i] = sum
    }
    // Whoever writes into this bank again has met all others once more, and they have then read it.
    this.#bank = 1 - this.#bank
  }

  /** Waits until all threads are here. @throws Error when one of them has failed */
  meet(): void {
    const { words } = this.#memory
    const round = Atomics.load(words, ROUND)
    if (Atomics.add(words, ARRIVED, 1) + 1 === this.#threads) {
      Atomics.store(words, ARRIVED, 0)
      Atomics.add(words, ROUND, 1)
      Atomics.notify(words, ROUND)
      return
    }
    while (Atomics.load(words, ROUND) === round) {
      if (Atomics.load(words, FAILED) === 1) throw new Error(this.#reason)
      Atomics.wait(words, ROUND, round, PATIENCE)
    }
  }

  /** Ends the waiting of the others. */
  fail(reason: string): void {
    const { words, reason: bytes } = this.#memory
    new TextEncoder().encodeInto(reason, bytes)
    Atomics.store(words, FAILED, 1)
    Atomics.notify(words, ROUND)
  }

  get #reason(): string {
    return new TextDecoder().decode(this.#memory.reason.slice()).replaceAll('\0', '')
  }
}
