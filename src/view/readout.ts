import { clock, hertz } from './format.ts'
import type { FrameHistory } from './history.ts'
import type { Viewport } from './viewport.ts'
import type { Zoom } from './zoom.ts'

/** A cell of the picture: a frame's time, and a row counted from the lowest frequency. */
export interface Cell {
  readonly time: number
  readonly row: number
  readonly column: number
}

/** The cell at a place in CSS pixels, or null outside of what has been heard. */
export function cellAt(view: Viewport, history: FrameHistory, x: number, y: number): Cell | null {
  if (x < view.left || x > view.right || y < view.top || y > view.bottom) return null
  const column = history.columnAt(view.timeAt(x))
  const row = Math.min(history.channels - 1, Math.max(0, Math.floor(view.rowAt(y))))
  if (column < 0 || column > history.newest) return null
  return { time: history.origin + column * history.hop, row, column }
}

/** What a cell holds, in words: when, at what frequency, which channel (from 1, in the frontend's order), how strong. */
export function readout(cell: Cell, history: FrameHistory, frequencies: ArrayLike<number>): string {
  const channel = history.channelAt(cell.row)
  const value = history.value(cell.column, channel)
  const strength = value === null ? 'no frame' : value.toFixed(2)
  return [clock(cell.time, 2), `${hertz(frequencies[channel])} Hz`, `channel ${channel + 1}`, strength].join(
    ' · ',
  )
}

/**
 * What a picture shows, for those who cannot see it.
 *
 * @param rising Hz of the rows, from below @param legend what the darkest to the brightest colour stand for, if it is told
 */
export function summary(
  view: Viewport,
  zoom: Zoom,
  rising: ArrayLike<number>,
  isFrozen: boolean,
  legend: readonly string[] | null,
): string {
  const time = isFrozen
    ? `from ${clock(Math.max(view.past, view.origin))} to ${clock(view.now)}, frozen`
    : `of the last ${Number(view.seconds.toFixed(1))} seconds`
  const colors = legend ? `, coloured from ${legend[0]} to ${legend[legend.length - 1]}` : ''
  if (zoom.whole) return `Features ${time}, frequency against time${colors}`
  const [low, high] = [Math.floor(zoom.band.from), Math.ceil(zoom.band.to) - 1].map((row) =>
    hertz(rising[row]),
  )
  return `Features ${time}, ${low} to ${high} Hz${colors}`
}
