import { geometryOf, poolingOf } from '../../../frontend/index.ts'
import type { FilterCurves } from '../curves.ts'
import { axes, evenMarks, plotBox, roundedRange, roundUp } from '../frame.ts'
import { areaUnder, type Drawing, type Points, type Shape, withoutCurves } from '../shapes.ts'
import {
  channelColors,
  chosenInitialLine,
  drawingOrder,
  initialLine,
  lineOf,
  merged,
  type Size,
  type Subject,
  uncovered,
} from '../subject.ts'
import type { Theme } from '../theme.ts'
import { trace } from '../trace.ts'

/** Share of the range above it, so that peaks do not touch the edge. */
const HEADROOM = 0.05
const TIME_STEP_MS = 5
/** Below that many CSS pixels a step of time, every second one is left out. */
const TIME_GAP = 36

/** The weights with which a frame gathers its samples. */
export function pooling(subject: Subject, { width, height }: Size, theme: Theme): Drawing {
  const { learned, initial, selected } = subject
  const { frontend, windows } = learned
  const length = `${Number(frontend.windowMs.toFixed(1))}\u00a0ms`
  if (poolingOf(frontend.pooling).method === 'none')
    return withoutCurves(`Nothing is pooled: a frame is one power spectrum of ${length}.`)
  if (!windows) return withoutCurves(`Max pooling has no weights: the largest value within ${length} counts.`)
  const box = plotBox(width, height)
  const bottom = box.top + box.height
  const { windowLength, sampleRate } = geometryOf(frontend)
  const half = ((windowLength - 1) / 2) * (1000 / sampleRate)
  const [low, high] = extent([...windows, ...(initial?.windows ?? [])])
  const x = (time: number) => box.left + (0.5 + time / (2 * half)) * box.width
  const y = (weight: number) => box.top + ((high - weight) / (high - low)) * box.height
  const lines = (curves: FilterCurves): Points[] =>
    merged(
      (curves.windows ?? []).map((window) =>
        trace({
          count: window.length,
          x: (k) => x((k / (window.length - 1) - 0.5) * 2 * half),
          y: (k) => y(window[k]),
          bottom: bottom + 2,
        }),
      ),
    )
  const colors = channelColors(subject, theme)
  const shared = windows.length > 1 && windows.every((window) => window === windows[0])
  const curves = shared ? lines(learned).slice(0, 1) : lines(learned)
  const before = initial ? lines(initial) : []
  const shapes: Shape[] = []
  if (shared) {
    if (before[0]) shapes.push({ kind: 'line', points: before[0], ...chosenInitialLine(theme) })
    shapes.push({ kind: 'area', points: areaUnder(curves[0], y(0)), color: theme.channel(0.5), alpha: 0.16 })
    shapes.push({ kind: 'line', points: curves[0], color: theme.channel(0.5), width: 2.5 })
  } else {
    for (const points of new Set(before))
      shapes.push({ kind: 'line', points, ...initialLine(selected, theme) })
    for (const channel of uncovered(drawingOrder(subject), curves)) {
      const [points, color] = [curves[channel], colors[channel]]
      if (channel === selected) {
        shapes.push({ kind: 'area', points: areaUnder(points, y(0)), color, alpha: 0.18 })
        if (before[channel])
          shapes.push({ kind: 'line', points: before[channel], ...chosenInitialLine(theme) })
      }
      shapes.push({ kind: 'line', points, color, ...lineOf(channel, selected) })
    }
  }
  const step = (TIME_STEP_MS / (2 * half)) * box.width < TIME_GAP ? 2 * TIME_STEP_MS : TIME_STEP_MS
  const marks = {
    x: evenMarks(-half, half, step, x),
    y: evenMarks(low, high, roundUp((high - low) / 4), y),
    xUnit: 'ms',
    yUnit: 'weight',
  }
  return {
    layers: [
      { clip: null, shapes: axes(box, marks, theme) },
      { clip: box, shapes },
    ],
    lamps: shared
      ? []
      : curves.map((points, channel) => ({ kind: 'line', points, color: colors[channel], width: 3 })),
    lampClip: box,
    note: shared
      ? 'All channels share one window.'
      : initial
        ? `Coloured: learned. Grey: ${subject.beneath}.`
        : '',
    channelAt: (left, above) => {
      const k = Math.round(((left - box.left) / box.width) * (windowLength - 1))
      if (shared || k < 0 || k >= windowLength) return -1
      const distances = windows.map((window) => Math.abs(y(window[k]) - above))
      return distances.indexOf(Math.min(...distances))
    },
  }
}

/** From 0, or the least weight if that is negative, to the largest one, rounded outwards, and a little more. */
function extent(windows: readonly Float64Array[]): [number, number] {
  let [low, high] = [0, 0]
  for (const window of windows) {
    for (const weight of window) {
      if (weight < low) low = weight
      if (weight > high) high = weight
    }
  }
  const [bottom, top] = roundedRange(low, high)
  return [bottom, top + HEADROOM * (top - bottom)]
}
