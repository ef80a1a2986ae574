import type { FrameReader } from '../../src/frame-channel/index.ts'
import type { FrameSource } from '../../src/view/index.ts'

interface Frame {
  readonly index: number
  readonly time: number
  readonly values: Float64Array
}

/** Seconds; a reader that is further behind the first is not waited for: its node broke, or has just begun. */
const PATIENCE = 1

/**
 * Hands the frames of several nodes out in step: within one repaint every picture ends with the same moment, that of
 * the reader that is furthest behind, so that what happened at once stands at one place in all of them.
 */
export class CommonTime {
  readonly #queues = new Set<Queue>()
  #repaint: CSSNumberish | null = null
  #horizon = Number.NEGATIVE_INFINITY

  /** The frames of a reader, in step with those of the others until it is closed. */
  join(reader: FrameReader): FrameSource & { close(): void } {
    const queue = new Queue(reader)
    this.#queues.add(queue)
    return {
      drain: (onFrame) => {
        this.#look()
        queue.handOver(this.#horizon, onFrame)
      },
      close: () => void this.#queues.delete(queue),
    }
  }

  /** Once in a repaint, and whenever asked while nothing is painted: what has come, and how far all have come. */
  #look(): void {
    const repaint = document.timeline.currentTime
    if (repaint === this.#repaint && document.visibilityState === 'visible') return
    this.#repaint = repaint
    for (const queue of this.#queues) queue.fill()
    const newest = [...this.#queues].map((queue) => queue.newest)
    const first = Math.max(...newest)
    this.#horizon = Math.min(...newest.filter((time) => time > first - PATIENCE))
  }
}

/** Frames of one reader that wait for the others. */
class Queue {
  /** Seconds, the time of the last frame that came. */
  newest = Number.NEGATIVE_INFINITY
  readonly #reader: FrameReader
  #waiting: Frame[] = []

  constructor(reader: FrameReader) {
    this.#reader = reader
  }

  fill(): void {
    this.#reader.drain((index, time, values) => {
      this.#waiting.push({ index, time, values: values.slice() })
      this.newest = time
    })
  }

  handOver(horizon: number, onFrame: (index: number, time: number, values: Float64Array) => void): void {
    const later = this.#waiting.findIndex(({ time }) => time > horizon)
    const now = this.#waiting.splice(0, later < 0 ? this.#waiting.length : later)
    for (const { index, time, values } of now) onFrame(index, time, values)
  }
}
