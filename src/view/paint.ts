import { type Tick, timeTicks } from './axes.ts'
import { clock, hertz, words } from './format.ts'
import type { FrameHistory } from './history.ts'
import type { ShownEvent } from './track.ts'
import type { Span, Viewport } from './viewport.ts'

/** Colours and font of the axes and marks, taken from the page's style. */
export interface Palette {
  readonly ink: string
  readonly muted: string
  readonly mark: string
  readonly lane: string
  readonly background: string
  readonly font: string
}

const LANE_HEIGHT = 22
const LANE_GAP = 3
const LANES = 3
const TICK_GAP = 64
const TIME_STEPS = [1, 2, 5, 10, 30, 60]

/** The features: the two halves of the wrapped picture, oldest first, or the picture as it lies. */
export function paintFeatures(
  context: CanvasRenderingContext2D,
  view: Viewport,
  history: FrameHistory,
): void {
  const { columns, picture } = history
  const seam = view.sweep ? 0 : (history.newest + 1) % columns
  const older = columns - seam
  const scale = view.width / columns
  const draw = (from: number, count: number, x: number) =>
    context.drawImage(picture, from, 0, count, picture.height, x, view.top, count * scale, view.height)
  draw(seam, older, view.left)
  if (seam > 0) draw(0, seam, view.left + older * scale)
  if (view.sweep && history.newest >= 0) {
    context.fillStyle = '#fff'
    context.fillRect(Math.round(view.x(history.now)), view.top, 2, view.height)
  }
}

/** Hertz at the left; `rows` is how many channels share the height. */
export function paintFrequencies(
  context: CanvasRenderingContext2D,
  view: Viewport,
  ticks: readonly Tick[],
  rows: number,
  palette: Palette,
): void {
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  for (const { position, value } of ticks) {
    const y = view.bottom - ((position + 0.5) / rows) * view.height
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
  context.textBaseline = 'alphabetic'
  context.textAlign = 'center'
  context.fillStyle = palette.muted
  for (const time of timeTicks(Math.max(view.past, view.origin), view.now, step)) {
    const x = view.x(time)
    context.fillRect(Math.round(x), view.bottom, 1, 5)
    if (x > view.left + 12 && x < view.right - 12) context.fillText(clock(time, 0), x, view.bottom + 18)
  }
}

/** Events as labelled bars in lanes above the features, each in the first lane with room for its name. */
export function paintEvents(
  context: CanvasRenderingContext2D,
  view: Viewport,
  events: readonly ShownEvent[],
  palette: Palette,
): void {
  context.fillStyle = palette.lane
  for (let lane = 0; lane < LANES; lane++) {
    context.beginPath()
    context.roundRect(view.left, laneTop(view, lane), view.width, LANE_HEIGHT, 5)
    context.fill()
  }
  const busy: number[] = new Array(LANES).fill(Number.NEGATIVE_INFINITY)
  for (const event of events) {
    const end = event.end ?? view.now
    const label = words(event.label)
    const nameWidth = context.measureText(label).width + 14
    const until = Math.max(end, event.start + (nameWidth / view.width) * view.seconds)
    if (until < view.past) continue
    const lane = busy.findIndex((time) => time <= event.start)
    if (lane < 0) continue
    busy[lane] = until
    view.spans(event.start, end).forEach((span, part) => {
      const onset = part === 0 && event.start >= view.past
      const name = onset || span.to - span.from >= nameWidth ? label : ''
      const running = event.end === undefined
      paintMark(context, view, { span, top: laneTop(view, lane), name, onset, running }, palette)
    })
  }
}

function laneTop(view: Viewport, lane: number): number {
  return view.top - LANE_GAP - (lane + 1) * (LANE_HEIGHT + LANE_GAP) + LANE_GAP
}

/** One visible part of an event. */
interface Mark {
  readonly span: Span
  /** CSS pixels. */
  readonly top: number
  readonly name: string
  /** The event begins here. */
  readonly onset: boolean
  readonly running: boolean
}

function paintMark(context: CanvasRenderingContext2D, view: Viewport, mark: Mark, palette: Palette): void {
  const { span, top, name, onset, running } = mark
  context.save()
  context.beginPath()
  context.rect(view.left, 0, view.width, view.bottom)
  context.clip()
  context.fillStyle = palette.mark
  context.globalAlpha = running ? 0.45 : 0.25
  context.beginPath()
  context.roundRect(span.from, top, Math.max(3, span.to - span.from), LANE_HEIGHT, 5)
  context.fill()
  if (onset) {
    context.globalAlpha = 1
    context.fillRect(span.from, top, 3, LANE_HEIGHT)
    context.globalAlpha = 0.4
    context.fillRect(span.from, view.top, 1, view.height)
  }
  context.globalAlpha = 1
  context.fillStyle = palette.ink
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  context.fillText(name, span.from + 9, top + LANE_HEIGHT / 2 + 0.5)
  context.restore()
}

/** Height the lanes of events take above the features. */
export const LANES_HEIGHT = LANES * (LANE_HEIGHT + LANE_GAP) + LANE_GAP
