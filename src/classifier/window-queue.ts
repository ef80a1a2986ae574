import { geometryOf } from '../frontend/index.ts'
import type { Model } from '../model/index.ts'

/** Seconds from one window to the next. */
export function stepSeconds({ frontend, classifier }: Model): number {
  const { hop, sampleRate } = geometryOf(frontend)
  return (classifier.hopFrames * hop) / sampleRate
}

/** When a window was. Seconds on the clock of its frames. */
export interface WindowTimes {
  /** Halfway between the centres of its first and its last frame. */
  readonly center: number
  /** Centre of its last frame. */
  readonly end: number
}

/**
 * Frames in, overlapping windows out. Window k begins with frame k · hopFrames of the stream, wherever reading began,
 * so that a live stream is cut like a file. Keeps the newest windows when nobody takes them; allocates when made only.
 */
export class WindowQueue {
  /** Windows that were dropped, the oldest first, because they were not taken in time. */
  dropped = 0
  readonly #windowFrames: number
  readonly #hopFrames: number
  readonly #channels: number
  readonly #limit: number
  readonly #capacity: number
  /** Frame i lies in row i modulo the capacity. */
  readonly #values: Float32Array
  readonly #times: Float64Array
  /** First frame of the next window. */
  #first = 0
  /** One past the newest frame. */
  #next = -1

  /** @param limit windows kept at most */
  constructor({ classifier, frontend }: Model, limit: number) {
    this.#windowFrames = classifier.windowFrames
    this.#hopFrames = classifier.hopFrames
    this.#channels = frontend.channels
    this.#limit = limit
    this.#capacity = this.#windowFrames + limit * this.#hopFrames
    this.#values = new Float32Array(this.#capacity * this.#channels)
    this.#times = new Float64Array(this.#capacity)
  }

  /** Windows that can be taken. */
  get waiting(): number {
    const past = this.#next - this.#first - this.#windowFrames
    return past < 0 ? 0 : Math.floor(past / this.#hopFrames) + 1
  }

  /**
   * @param index of the frame in its stream; after a hole the next window begins behind it
   * @param time seconds, the frame's centre
   * @param values one per channel, copied
   */
  push(index: number, time: number, values: ArrayLike<number>): void {
    if (index !== this.#next) {
      this.dropped += this.waiting
      this.#first = Math.ceil(index / this.#hopFrames) * this.#hopFrames
    }
    const row = index % this.#capacity
    for (let channel = 0; channel < this.#channels; channel++) {
      this.#values[row * this.#channels + channel] = values[channel]
    }
    this.#times[row] = time
    this.#next = index + 1
    if (this.waiting > this.#limit) {
      this.#first += this.#hopFrames
      this.dropped += 1
    }
  }

  /**
   * Takes the oldest window.
   *
   * @param into [windowFrames, channels], row-major
   * @returns its times, or null when no window is complete
   */
  take(into: Float32Array): WindowTimes | null {
    if (this.waiting === 0) return null
    const start = (this.#first % this.#capacity) * this.#channels
    const length = this.#windowFrames * this.#channels
    const head = Math.min(length, this.#values.length - start)
    into.set(this.#values.subarray(start, start + head))
    into.set(this.#values.subarray(0, length - head), head)
    const begin = this.#times[this.#first % this.#capacity]
    const end = this.#times[(this.#first + this.#windowFrames - 1) % this.#capacity]
    this.#first += this.#hopFrames
    return { center: (begin + end) / 2, end }
  }
}
