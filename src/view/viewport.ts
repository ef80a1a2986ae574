import type { Extent } from './zoom.ts'

/** A stretch of the time axis in CSS pixels. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * Where times lie on the canvas. Scrolling, the newest frame stands at the right edge and the
 * past moves left; sweeping (for people who asked for reduced motion), the picture stands still
 * and a cursor writes over it from left to right.
 */
export class Viewport {
  left = 0
  top = 0
  width = 0
  height = 0
  /** Seconds from edge to edge. */
  seconds = 10
  /** Seconds, time of the newest frame and of the first one. */
  now = 0
  origin = 0
  sweep = false
  /** Rows shown, counted from the lowest channel. */
  band: Extent = { from: 0, to: 1 }

  get right(): number {
    return this.left + this.width
  }

  get bottom(): number {
    return this.top + this.height
  }

  /** Seconds at the left end of what is shown. */
  get past(): number {
    return this.now - this.seconds
  }

  /** Where a moment between `past` and `now` lies. */
  x(time: number): number {
    if (!this.sweep) return this.right - ((this.now - time) / this.seconds) * this.width
    const turns = (time - this.origin) / this.seconds
    return this.left + (turns - Math.floor(turns)) * this.width
  }

  /** The moment at a place, the inverse of `x`. */
  timeAt(x: number): number {
    const share = (x - this.left) / this.width
    if (!this.sweep) return this.past + share * this.seconds
    const turn = Math.floor((this.now - this.origin) / this.seconds - share)
    return this.origin + (turn + share) * this.seconds
  }

  /** Height of a row, CSS pixels. */
  get rowHeight(): number {
    return this.height / (this.band.to - this.band.from)
  }

  /** Where a place among the rows lies; row 0 reaches from 0 to 1. */
  y(row: number): number {
    return this.bottom - (row - this.band.from) * this.rowHeight
  }

  /** The place among the rows that lies here, the inverse of `y`. */
  rowAt(y: number): number {
    return this.band.from + (this.bottom - y) / this.rowHeight
  }

  /** The visible parts of an interval: none, one, or two where the cursor has wrapped around. */
  spans(from: number, to: number): Span[] {
    const start = Math.max(from, this.past)
    const end = Math.min(to, this.now)
    if (end <= start) return []
    const left = this.x(start)
    const right = left + ((end - start) / this.seconds) * this.width
    if (right <= this.right) return [{ from: left, to: right }]
    return [
      { from: left, to: this.right },
      { from: this.left, to: right - this.width },
    ]
  }
}
