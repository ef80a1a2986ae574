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

/** What a queue still holds, for the next one of the same frames. */
export interface Past {
  /** Index of its first frame; the others follow without a hole. */
  readonly index: number
  /** Seconds, the centre of each frame. */
  readonly times: Float64Array
  /** [frames, channels], row-major. */
  readonly values: Float32Array
  /** Index after the last frame of the last window that was taken or dropped. */
  readonly taken: number
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
  /** Where the frames without a hole up to the newest one begin. */
  #since = 0
  /** One past the newest frame. */
  #next = -1
  #taken = 0

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
      this.#since = index
      this.#first = Math.ceil(index / this.#hopFrames) * this.#hopFrames
    }
    const row = index % this.#capacity
    for (let channel = 0; channel < this.#channels; channel++) {
      this.#values[row * this.#channels + channel] = values[channel]
    }
    this.#times[row] = time
    this.#next = index + 1
    if (this.waiting > this.#limit) {
      this.#advance()
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
    this.#advance()
    return { center: (begin + end) / 2, end }
  }

  /** The newest frames, as far as they are kept; empty before the first. Allocates. */
  past(): Past {
    const index = Math.max(this.#since, this.#next - this.#capacity)
    const frames = Math.max(0, this.#next - index)
    const times = new Float64Array(frames)
    const values = new Float32Array(frames * this.#channels)
    for (let i = 0; i < frames; i++) {
      const row = (index + i) % this.#capacity
      times[i] = this.#times[row]
      values.set(this.#values.subarray(row * this.#channels, (row + 1) * this.#channels), i * this.#channels)
    }
    return { index, times, values, taken: this.#taken }
  }

  /**
   * Goes on where another queue stopped: windows that end with frames it had taken are not taken again. Once, before the
   * first push; the next frame to push is the one that follows.
   * @returns index of that frame; 0 when there is no past
   */
  resume({ index, times, values, taken }: Past): number {
    if (times.length === 0) return 0
    times.forEach((time, i) => {
      this.push(index + i, time, values.subarray(i * this.#channels, (i + 1) * this.#channels))
    })
    while (this.#first + this.#windowFrames <= taken) this.#first += this.#hopFrames
    this.#taken = taken
    this.dropped = 0
    return this.#next
  }

  #advance(): void {
    this.#taken = this.#first + this.#windowFrames
    this.#first += this.#hopFrames
  }
}
