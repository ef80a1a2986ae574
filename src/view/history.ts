import type { Tone } from './tone.ts'

// Drawn over a few rows each, channels keep crisp edges when the picture is scaled.
const ROWS_PER_CHANNEL = 8

export interface HistoryOptions {
  /** Row of the picture → channel of the frame, highest frequency first. */
  readonly order: ArrayLike<number>
  readonly columns: number
  /** Seconds from one frame to the next. */
  readonly hop: number
  readonly tone: Tone
  readonly colors: Uint32Array
}

/**
 * The last frames as a picture that wraps around: one column a frame, placed by the frame's
 * time, so that lost frames leave a gap instead of bending the time axis.
 */
export class FrameHistory {
  readonly picture: HTMLCanvasElement
  /** Column of the newest frame, counted from the first one; -1 before it. */
  newest = -1
  /** Seconds, the first frame's time. */
  origin = 0
  readonly columns: number
  readonly hop: number
  #options: HistoryOptions
  #context: CanvasRenderingContext2D
  #column: ImageData
  #pixels: Uint32Array

  constructor(options: HistoryOptions) {
    this.#options = options
    this.columns = options.columns
    this.hop = options.hop
    this.picture = document.createElement('canvas')
    this.picture.width = options.columns
    this.picture.height = options.order.length * ROWS_PER_CHANNEL
    this.#context = this.picture.getContext('2d', { alpha: false }) as CanvasRenderingContext2D
    this.#column = this.#context.createImageData(1, this.picture.height)
    this.#pixels = new Uint32Array(this.#column.data.buffer)
    this.#blank(0, options.columns)
  }

  /** Seconds, the newest frame's time. */
  get now(): number {
    return this.origin + this.newest * this.hop
  }

  /** Main thread; allocates nothing. `values`: one a channel, in the frame's own order. */
  add(time: number, values: ArrayLike<number>): void {
    if (this.newest < 0) this.origin = time
    const column = Math.round((time - this.origin) / this.hop)
    if (column <= this.newest) return
    const gap = Math.min(column - this.newest - 1, this.columns)
    for (let lost = column - gap; lost < column; lost++) this.#blank(lost % this.columns, 1)
    this.#paint(column % this.columns, values)
    this.newest = column
  }

  #paint(x: number, values: ArrayLike<number>): void {
    const { order, tone, colors } = this.#options
    for (let row = 0; row < order.length; row++) {
      const strength = tone(values[order[row]])
      const color = colors[Math.min(255, Math.max(0, Math.round(strength * 255)))]
      this.#pixels.fill(color, row * ROWS_PER_CHANNEL, (row + 1) * ROWS_PER_CHANNEL)
    }
    this.#context.putImageData(this.#column, x, 0)
  }

  #blank(x: number, width: number): void {
    this.#pixels.fill(this.#options.colors[0])
    for (let i = 0; i < width; i++) this.#context.putImageData(this.#column, x + i, 0)
  }
}
