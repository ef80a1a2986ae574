/** A stretch of an axis. */
export interface Extent {
  readonly from: number
  readonly to: number
}

const LEAST_SECONDS = 0.25
const LEAST_ROWS = 4

/**
 * The part of a picture that is shown: seconds counted from its left edge, rows from its lowest.
 * Places to zoom at are shares of what is shown, 0 (left, lowest) to 1.
 */
export class Zoom {
  #seconds = 1
  #rows = 1
  #time: Extent = { from: 0, to: 1 }
  #band: Extent = { from: 0, to: 1 }

  /** A picture of another size: all of it is shown. */
  fit(seconds: number, rows: number): void {
    this.#seconds = seconds
    this.#rows = rows
    this.reset()
  }

  reset(): void {
    this.#time = { from: 0, to: this.#seconds }
    this.#band = { from: 0, to: this.#rows }
  }

  /** Whether all is shown. */
  get whole(): boolean {
    return length(this.#time) === this.#seconds && length(this.#band) === this.#rows
  }

  /** Seconds shown. */
  get seconds(): number {
    return length(this.#time)
  }

  /** Seconds at the picture's right edge that are not shown. */
  get offset(): number {
    return this.#seconds - this.#time.to
  }

  /** Rows shown. */
  get band(): Extent {
    return this.#band
  }

  /** @param factor below 1 shows less, larger */
  scale(factor: number, x: number, y: number): void {
    const { from, to } = this.#time
    this.#time = around(this.#time, factor, from + x * (to - from), this.#seconds, LEAST_SECONDS)
    const { from: low, to: high } = this.#band
    this.#band = around(this.#band, factor, low + y * (high - low), this.#rows, LEAST_ROWS)
  }

  /** Shows a part of what is shown, widened to whole rows. */
  enter(x: Extent, y: Extent): void {
    const time = within(this.#time, x)
    this.#time = around(time, 1, (time.from + time.to) / 2, this.#seconds, LEAST_SECONDS)
    const band = within(this.#band, y)
    const whole = { from: Math.floor(band.from), to: Math.ceil(band.to) }
    this.#band = around(whole, 1, (band.from + band.to) / 2, this.#rows, LEAST_ROWS)
  }

  /** Moves over the picture by shares of what is shown. */
  pan(x: number, y: number): void {
    this.#time = moved(this.#time, x * length(this.#time), this.#seconds)
    this.#band = moved(this.#band, y * length(this.#band), this.#rows)
  }

  /** Back to the right edge. */
  follow(): void {
    this.pan(this.offset / this.seconds, 0)
  }
}

const length = ({ from, to }: Extent): number => to - from

const within = ({ from, to }: Extent, part: Extent): Extent => ({
  from: from + part.from * (to - from),
  to: from + part.to * (to - from),
})

/** Scaled about a place that stays where it is, as far as the whole allows. */
function around(extent: Extent, factor: number, at: number, size: number, least: number): Extent {
  const wanted = Math.min(size, Math.max(Math.min(least, size), length(extent) * factor))
  if (wanted === size) return { from: 0, to: size }
  const share = length(extent) === 0 ? 0.5 : (at - extent.from) / length(extent)
  return moved({ from: at - share * wanted, to: at + (1 - share) * wanted }, 0, size)
}

function moved({ from, to }: Extent, by: number, size: number): Extent {
  const step = Math.min(size - to, Math.max(-from, by))
  return { from: from + step, to: to + step }
}
