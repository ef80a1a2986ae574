import type { Extent } from './zoom.ts'

/** What pointer and keys ask of a plot; places are CSS pixels within it. */
export interface PlotHandlers {
  /** The pointer, or the arrow keys, are here; null: nowhere. */
  point(place: { x: number; y: number } | null): void
  /** Cells to move by: to the right, upwards. */
  step(columns: number, rows: number): void
  /** Below 1 shows less, larger. A place is kept where it is; without one the middle. */
  zoom(factor: number, place?: { x: number; y: number }): void
  /** A box began to be drawn. */
  grasp(): void
  /** The box that was drawn. */
  enter(x: Extent, y: Extent): void
  /** Shares of what is shown to move by: to the right, upwards. */
  pan(x: number, y: number): void
  reset(): void
  freeze(): void
}

/** CSS pixels a pointer moves before a press is a box. */
const SLACK = 6
export const ZOOM_STEP = 1.5
const PAN_STEP = 0.2
/** A notch of a wheel is some 100 pixels; a pinch on a touchpad tells few at a time. */
const WHEEL_PER_PIXEL = 0.005
const LARGEST_NOTCH = 60

/**
 * Mouse, touchpad and keys of a plot: pointing reads out, drawing a box looks closer, Ctrl or ⌘ with the wheel (which
 * a pinch is, too) zooms, a double click shows all. Arrow keys read out, with Shift they move; + − 0 F.
 * @param box an element of the plot to draw the box with
 */
export function listenToPlot(plot: HTMLElement, box: HTMLElement, handlers: PlotHandlers): void {
  let start: { x: number; y: number } | null = null
  const end = () => {
    start = null
    box.hidden = true
  }
  plot.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch' && event.button === 0) start = placeOf(event)
  })
  plot.addEventListener('pointermove', (event) => {
    const place = placeOf(event)
    handlers.point(place)
    // Let go of outside of the plot, which is not told.
    if (!(event.buttons & 1)) end()
    if (!start) return
    if (box.hidden && Math.hypot(place.x - start.x, place.y - start.y) < SLACK) return
    if (box.hidden) {
      plot.setPointerCapture(event.pointerId)
      handlers.grasp()
      box.hidden = false
    }
    const { x, y } = between(start, place)
    Object.assign(box.style, {
      left: `${x.from}px`,
      top: `${y.from}px`,
      width: `${x.to - x.from}px`,
      height: `${y.to - y.from}px`,
    })
  })
  plot.addEventListener('pointerup', (event) => {
    if (start && !box.hidden) {
      const { x, y } = between(start, placeOf(event))
      handlers.enter(x, y)
    }
    end()
  })
  plot.addEventListener('pointercancel', end)
  plot.addEventListener('pointerleave', () => handlers.point(null))
  plot.addEventListener('blur', () => handlers.point(null))
  plot.addEventListener('dblclick', () => handlers.reset())
  plot.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const notch = Math.max(-LARGEST_NOTCH, Math.min(LARGEST_NOTCH, event.deltaY))
      handlers.zoom(Math.exp(notch * WHEEL_PER_PIXEL), placeOf(event))
    },
    { passive: false },
  )
  plot.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !act(event, handlers)) return
    event.preventDefault()
  })
}

/** @returns whether the key means something here */
function act({ key, shiftKey }: KeyboardEvent, handlers: PlotHandlers): boolean {
  const arrow = ARROWS[key]
  if (arrow) {
    if (shiftKey) handlers.pan(arrow[0] * PAN_STEP, arrow[1] * PAN_STEP)
    else handlers.step(arrow[0], arrow[1])
  } else if (key === '+' || key === '=') handlers.zoom(1 / ZOOM_STEP)
  else if (key === '-') handlers.zoom(ZOOM_STEP)
  else if (key === '0') handlers.reset()
  else if (key === 'f') handlers.freeze()
  else return false
  return true
}

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

function placeOf(event: MouseEvent): { x: number; y: number } {
  const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}

function between(a: { x: number; y: number }, b: { x: number; y: number }): { x: Extent; y: Extent } {
  const extent = (one: number, other: number) => ({ from: Math.min(one, other), to: Math.max(one, other) })
  return { x: extent(a.x, b.x), y: extent(a.y, b.y) }
}
