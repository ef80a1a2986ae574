import { parametersOf } from '../../../frontend/index.ts'
import type { FilterCurves } from '../curves.ts'
import { axes, evenMarks, frequencyMarks, plotBox } from '../frame.ts'
import { areaUnder, type Drawing, type Points, type Shape } from '../shapes.ts'
import {
  channelColors,
  chosenInitialLine,
  drawingOrder,
  initialLine,
  lineOf,
  type Size,
  type Subject,
} from '../subject.ts'
import type { Theme } from '../theme.ts'
import { trace } from '../trace.ts'

/** Decibels from the top of the axis to its bottom, and of a step. */
const RANGE = 50
const STEP = 10
/** Above the highest step, so that peaks do not touch the edge. */
const HEADROOM = 3

/** Frequency responses of all channels, learned over initial. */
export function responses(subject: Subject, { width, height }: Size, theme: Theme): Drawing {
  const { learned, initial, selected, scale } = subject
  const box = plotBox(width, height)
  const bottom = box.top + box.height
  const top = highestStep(learned, initial)
  const y = (decibel: number) => box.top + ((top + HEADROOM - decibel) / (RANGE + HEADROOM)) * box.height
  const x = (frequency: number) => box.left + scale.share(frequency) * box.width
  const lines = ({ frequencies, decibels }: FilterCurves): Points[] => {
    const places = frequencies.map(x)
    return decibels.map((row) =>
      trace({ count: row.length, x: (i) => places[i], y: (i) => y(row[i]), bottom: bottom + 2 }),
    )
  }
  const colors = channelColors(subject, theme)
  const curves = lines(learned)
  const faint = initial ? lines(initial) : []
  const shapes: Shape[] = faint.map((points) => ({
    kind: 'line', points, ...initialLine(selected, theme),
  })); // biome-ignore format: one shape
  for (const channel of drawingOrder(subject)) {
    const [points, color] = [curves[channel], colors[channel]]
    if (channel === selected) {
      shapes.push({ kind: 'area', points: areaUnder(points, bottom), color, alpha: 0.18 })
      if (faint[channel]) shapes.push({ kind: 'line', points: faint[channel], ...chosenInitialLine(theme) })
    }
    shapes.push({ kind: 'line', points, color, ...lineOf(channel, selected) })
  }
  const frame = axes(
    box,
    {
      x: frequencyMarks(box, scale),
      y: evenMarks(top - RANGE, top, STEP, y),
      xUnit: 'Hz',
      yUnit: 'dB',
    },
    theme,
  )
  return {
    layers: [
      { clip: null, shapes: frame },
      { clip: box, shapes },
    ],
    lamps: curves.map((points, channel) => ({
      kind: 'area', points: areaUnder(points, bottom), color: colors[channel],
    })), // biome-ignore format: one shape
    lampClip: box,
    note: noteOf(subject),
    channelAt: (left, above) => {
      const share = (left - box.left) / box.width
      if (share < 0 || share > 1) return -1
      return nearest(learned, scale.frequency(share), (decibel) => Math.abs(y(decibel) - above))
    },
  }
}

function noteOf({ learned: { frontend }, initial, beneath }: Subject): string {
  if (parametersOf(frontend, 'filterbank').length === 0) return 'None of these filters is learned.'
  return initial ? `Coloured: learned. Grey, dashed for the chosen filter: ${beneath}.` : ''
}

/** The channel whose curve passes nearest at a frequency. */
function nearest(
  { frequencies, decibels }: FilterCurves,
  frequency: number,
  distance: (decibel: number) => number,
) {
  const last = frequencies.length - 1
  const bin = Math.min(last, Math.max(0, Math.round((frequency / frequencies[last]) * last)))
  let found = 0
  decibels.forEach((row, channel) => {
    if (distance(row[bin]) < distance(decibels[found][bin])) found = channel
  })
  return found
}

/** A whole step above all peaks; peaks of 0 dB by rounding stay at 0. */
function highestStep(learned: FilterCurves, initial: FilterCurves | null): number {
  let peak = Number.NEGATIVE_INFINITY
  for (const row of [...learned.decibels, ...(initial?.decibels ?? [])])
    for (const decibel of row) if (decibel > peak) peak = decibel
  return Math.ceil((peak - HEADROOM / 2) / STEP) * STEP
}
