import type { Tone } from './tone.ts'

// Drawn over a few rows each, channels keep crisp edges when the picture is scaled.
const LEAST_HEIGHT = 320
/** Columns painted at once. */
const STRIP = 64

export interface HistoryOptions {
  /** Row of the picture → channel of the frame, highest frequency first. */
  readonly order: ArrayLike<number>
  readonly columns: number
  /** Seconds from one frame to the next. */
  readonly hop: number
  readonly tone: Tone
  /** 256 colours from low to high, as words of an ImageData. */
  readonly colors: Uint32Array
}

/**
 * The last frames, and a picture of them that wraps around: one column a frame, placed by the frame's
 * time, so that lost frames leave a gap instead of bending the time axis. Main thread.
 */
export class FrameHistory {
  readonly picture: HTMLCanvasElement
  /** Column of the newest frame, counted from the first one; -1 before it. */
  newest = -1
  /** Seconds, the first frame's time. */
  origin = 0
  readonly columns: number
  readonly channels: number
  readonly hop: number
  #options: HistoryOptions
  readonly #context: CanvasRenderingContext2D
  /** Pixels high a channel is. */
  readonly #thickness: number
  readonly #strip: ImageData
  readonly #pixels: Uint32Array
  /** Values of column c, one a channel, from (c mod columns) · channels on. */
  readonly #values: Float32Array
  /** Which column lies in a place of the ring. */
  readonly #stamps: Int32Array
  /** The newest column that is in the picture. */
  #painted = -1

  constructor(options: HistoryOptions) {
    const { columns, hop, order } = options
    this.#options = options
    this.columns = columns
    this.channels = order.length
    this.hop = hop
    this.#thickness = Math.max(2, Math.ceil(LEAST_HEIGHT / order.length))
    this.#values = new Float32Array(columns * order.length)
    this.#stamps = new Int32Array(columns).fill(-1)
    this.picture = document.createElement('canvas')
    this.picture.width = columns
    this.picture.height = order.length * this.#thickness
    this.#context = this.picture.getContext('2d', { alpha: false }) as CanvasRenderingContext2D
    this.#strip = this.#context.createImageData(STRIP, this.picture.height)
    this.#pixels = new Uint32Array(this.#strip.data.buffer)
  }

  /** Seconds, the newest frame's time. */
  get now(): number {
    return this.origin + this.newest * this.hop
  }

  /** Keeps a frame; allocates nothing. `values`: one a channel, in the frame's own order. */
  add(time: number, values: ArrayLike<number>): void {
    if (this.newest < 0) this.origin = time
    const column = Math.round((time - this.origin) / this.hop)
    if (column <= this.newest) return
    const place = column % this.columns
    for (let channel = 0; channel < this.channels; channel++) {
      this.#values[place * this.channels + channel] = values[channel]
    }
    this.#stamps[place] = column
    this.newest = column
  }

  /** The column of a moment. @param time seconds */
  columnAt(time: number): number {
    return Math.round((time - this.origin) / this.hop)
  }

  /** The channel that a row shows. @param row counted from the lowest frequency */
  channelAt(row: number): number {
    return this.#options.order[this.channels - 1 - row]
  }

  /** A value of a frame; null where the frame was lost or is no longer, or not yet, there. */
  value(column: number, channel: number): number | null {
    if (column < 0) return null
    const place = column % this.columns
    return this.#stamps[place] === column ? this.#values[place * this.channels + channel] : null
  }

  /** Other colours, for what is there too. */
  recolor(colors: Uint32Array): void {
    this.#options = { ...this.#options, colors }
    this.#painted = -1
  }

  /** Brings the picture up to date. */
  paint(): void {
    const { columns } = this
    let column = Math.max(this.#painted + 1, this.newest - columns + 1, 0)
    while (column <= this.newest) {
      const place = column % columns
      const count = Math.min(STRIP, columns - place, this.newest + 1 - column)
      for (let x = 0; x < count; x++) this.#paintColumn(column + x, x)
      this.#context.putImageData(this.#strip, place, 0, 0, 0, count, this.picture.height)
      column += count
    }
    this.#painted = this.newest
  }

  /** The same frames for good, while this history goes on. */
  snapshot(): FrameHistory {
    this.paint()
    const copy = new FrameHistory(this.#options)
    copy.newest = this.newest
    copy.origin = this.origin
    copy.#painted = this.#painted
    copy.#values.set(this.#values)
    copy.#stamps.set(this.#stamps)
    copy.#context.drawImage(this.picture, 0, 0)
    return copy
  }

  #paintColumn(column: number, x: number): void {
    const { order, tone, colors } = this.#options
    const place = column % this.columns
    const first = place * this.channels
    const there = this.#stamps[place] === column
    let pixel = x
    for (let row = 0; row < this.channels; row++) {
      const strength = there ? tone(this.#values[first + order[row]]) : 0
      const color = colors[Math.min(255, Math.max(0, Math.round(strength * 255)))]
      for (let i = 0; i < this.#thickness; i++, pixel += STRIP) this.#pixels[pixel] = color
    }
  }
}
