import { type Tick, timeTicks } from './axes.ts'
import { clock, hertz, type LabelFormat } from './format.ts'
import type { FrameHistory } from './history.ts'
import { placeEvents } from './lanes.ts'
import type { Palette } from './palette.ts'
import type { ShownEvent } from './track.ts'
import type { Span, Viewport } from './viewport.ts'

const LANE_HEIGHT = 22
const LANE_GAP = 3
const LANES = 3
/** A name's margins, and the height of a lane below which it would run out of it. CSS pixels. */
const NAME_MARGIN = 14
const LEAST_NAME_HEIGHT = 12
const TICK_GAP = 64
const TIME_STEPS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60]
/** Pixels a frame is wide from which on its edges are kept sharp. */
const SHARP_WIDTH = 3

/**
 * The features of the time and the rows shown, in as many pieces as the wrapped picture and, sweeping, the
 * wrapped axis make of it.
 */
export function paintFeatures(
  context: CanvasRenderingContext2D,
  view: Viewport,
  history: FrameHistory,
): void {
  const { columns, channels, picture, hop, newest } = history
  const shown = Math.round(view.seconds / hop)
  const scale = view.width / shown
  const end = Math.min(newest, history.columnAt(view.now)) + 1
  const first = Math.max(end - shown, newest - columns + 1, 0)
  const rowHeight = picture.height / channels
  const top = (channels - view.band.to) * rowHeight
  const height = (view.band.to - view.band.from) * rowHeight
  const ratio = context.getTransform().a
  // Pieces meet on whole pixels of the screen: no seam shows.
  const place = (column: number) =>
    Math.round((view.left + (column - (view.sweep ? turnOf(column, shown) : end - shown)) * scale) * ratio) /
    ratio
  context.imageSmoothingEnabled = scale < SHARP_WIDTH
  for (let column = first; column < end; ) {
    const seam = turnOf(column, columns) + columns
    const wrap = view.sweep ? turnOf(column, shown) + shown : end
    const next = Math.min(end, seam, wrap)
    const x = place(column)
    const width = next === wrap ? view.right - x : place(next) - x
    context.drawImage(picture, column % columns, top, next - column, height, x, view.top, width, view.height)
    column = next
  }
  if (view.sweep) {
    context.fillStyle = '#fff'
    context.fillRect(Math.round(view.x(view.now)), view.top, 2, view.height)
  }
}

/** The last multiple of a length up to a number. */
function turnOf(value: number, length: number): number {
  return Math.floor(value / length) * length
}

/** Marks the cell of the picture that is read out. */
export function paintCursor(
  context: CanvasRenderingContext2D,
  view: Viewport,
  hop: number,
  cell: { readonly time: number; readonly row: number },
): void {
  const width = Math.max(3, (hop / view.seconds) * view.width)
  const x = view.x(cell.time)
  context.save()
  // On any colour of the picture, dark or bright.
  context.globalCompositeOperation = 'difference'
  context.strokeStyle = '#fff'
  context.fillStyle = '#fff'
  context.globalAlpha = 0.4
  context.fillRect(x, view.top, 1, view.height)
  context.globalAlpha = 1
  context.strokeRect(x - width / 2, view.y(cell.row + 1), width, view.rowHeight)
  context.restore()
}

/** Hertz at the left. */
export function paintFrequencies(
  context: CanvasRenderingContext2D,
  view: Viewport,
  ticks: readonly Tick[],
  palette: Palette,
): void {
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  for (const { position, value } of ticks) {
    const y = view.y(position + 0.5)
    context.fillStyle = palette.muted
    context.fillText(hertz(value), view.left - 9, y)
    context.fillRect(view.left - 5, Math.round(y), 5, 1)
  }
  context.save()
  context.translate(9, view.top + view.height / 2)
  context.rotate(-Math.PI / 2)
  context.textAlign = 'center'
  context.fillStyle = palette.muted
  context.fillText('Hz', 0, 0)
  context.restore()
}

/** Seconds below, on the clock the events are told on. */
export function paintTimes(context: CanvasRenderingContext2D, view: Viewport, palette: Palette): void {
  const step = TIME_STEPS.find((seconds) => (seconds / view.seconds) * view.width >= TICK_GAP) ?? 60
  const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2
  context.textBaseline = 'alphabetic'
  context.textAlign = 'center'
  context.fillStyle = palette.muted
  for (const time of timeTicks(Math.max(view.past, view.origin), view.now, step)) {
    const x = view.x(time)
    context.fillRect(Math.round(x), view.bottom, 1, 5)
    if (x > view.left + 12 && x < view.right - 12) context.fillText(clock(time, digits), x, view.bottom + 18)
  }
}

/** Events as labelled bars in lanes above the features; where three do not hold them there are more, and lower ones. */
export function paintEvents(
  context: CanvasRenderingContext2D,
  view: Viewport,
  events: readonly ShownEvent[],
  palette: Palette,
  format: LabelFormat,
): void {
  const widthOf = (event: ShownEvent) => context.measureText(format(event.label)).width + NAME_MARGIN
  const { placed, lanes } = placeEvents(events, { now: view.now, past: view.past, lanes: LANES }, (event) =>
    view.width > 0 ? (widthOf(event) / view.width) * view.seconds : 0,
  )
  const pitch = (LANES * (LANE_HEIGHT + LANE_GAP)) / lanes
  const height = Math.max(1, pitch - LANE_GAP)
  const top = (lane: number) => view.top - (lane + 1) * pitch
  context.fillStyle = palette.lane
  for (let lane = 0; lane < lanes; lane++) {
    context.beginPath()
    context.roundRect(view.left, top(lane), view.width, height, 5)
    context.fill()
  }
  for (const { event, lane, named } of placed) {
    const label = format(event.label)
    view.spans(event.start, event.end ?? view.now).forEach((span, part) => {
      const onset = part === 0 && event.start >= view.past
      const fits = span.to - span.from >= widthOf(event) || (onset && named)
      const name = fits && height >= LEAST_NAME_HEIGHT ? label : ''
      const running = event.end === undefined
      paintMark(context, view, { span, top: top(lane), height, name, onset, running }, palette)
    })
  }
}

/** One visible part of an event. */
interface Mark {
  readonly span: Span
  /** CSS pixels. */
  readonly top: number
  readonly height: number
  readonly name: string
  /** The event begins here. */
  readonly onset: boolean
  readonly running: boolean
}

function paintMark(context: CanvasRenderingContext2D, view: Viewport, mark: Mark, palette: Palette): void {
  const { span, top, height, name, onset, running } = mark
  context.save()
  context.beginPath()
  context.rect(view.left, 0, view.width, view.bottom)
  context.clip()
  context.fillStyle = palette.mark
  context.globalAlpha = running ? 0.45 : 0.25
  context.beginPath()
  context.roundRect(span.from, top, Math.max(3, span.to - span.from), height, 5)
  context.fill()
  if (onset) {
    context.globalAlpha = 1
    context.fillRect(span.from, top, 3, height)
    context.globalAlpha = 0.4
    context.fillRect(span.from, view.top, 1, view.height)
  }
  context.globalAlpha = 1
  context.fillStyle = palette.ink
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  context.fillText(name, span.from + 9, top + height / 2 + 0.5)
  context.restore()
}

/** Height the lanes of events take above the features. */
export const LANES_HEIGHT = LANES * (LANE_HEIGHT + LANE_GAP) + LANE_GAP
