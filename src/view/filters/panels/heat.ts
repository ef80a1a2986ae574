import { colorMaps } from '../../colors.ts'
import type { FilterCurves } from '../curves.ts'
import { axes, frequencyMarks, type Mark, plotBox } from '../frame.ts'
import type { Box, Drawing, Layer, Shape } from '../shapes.ts'
import type { Size, Subject } from '../subject.ts'
import type { Theme } from '../theme.ts'

/** Decibels below a filter's peak at which its row is dark. */
const RANGE = 30
/** Steps of colour from there to the peak. */
const LEVELS = 15
/** CSS pixels of a column. */
const COLUMN = 3
/** Wider than that, the two maps stand side by side, else one below the other. */
const WIDE = 560
const GAP = 20
/** Filters from one label to the next. */
const STEP = 10

/** Every filter's response as a row, sorted by rising centre: what lies beneath, and what was learned. */
export function heat(subject: Subject, { width, height }: Size, theme: Theme): Drawing {
  const { learned, initial, beneath } = subject
  const maps: readonly [name: string, curves: FilterCurves][] = initial
    ? [
        [beneath, initial],
        ['learned', learned],
      ]
    : [['', learned]]
  const isWide = width > WIDE
  const share = isWide ? (width - GAP * (maps.length - 1)) / maps.length : width
  const tall = isWide ? height : height / maps.length
  const places = maps.map(([name, curves], i) => ({
    name,
    curves,
    box: moved(plotBox(share, tall), isWide ? i * (share + GAP) : 0, isWide ? 0 : i * tall),
  }))
  return {
    layers: places.flatMap(({ name, curves, box }) => mapOf(name, curves, box, subject, theme)),
    lamps: [],
    lampClip: null,
    note: `Bright: at its peak. Dark: ${RANGE} dB below it.`,
    channelAt: (x, y) => {
      const found = places.find(
        ({ box }) => x >= box.left && x <= box.left + box.width && y >= box.top && y <= box.top + box.height,
      )
      if (!found) return -1
      const { box, curves } = found
      const row = Math.floor(((box.top + box.height - y) / box.height) * curves.rising.length)
      return curves.rising[Math.min(curves.rising.length - 1, row)]
    },
  }
}

function moved(box: Box, right: number, down: number): Box {
  return { ...box, left: box.left + right, top: box.top + down }
}

function mapOf(name: string, curves: FilterCurves, box: Box, subject: Subject, theme: Theme): Layer[] {
  const { scale, selected } = subject
  const bottom = box.top + box.height
  const row = box.height / curves.rising.length
  const shapes: Shape[] = [area(box.left, box.top, box.width, box.height, color(0))]
  const bins = binsOf(curves, box, subject)
  curves.rising.forEach((channel, rank) => {
    const decibels = curves.decibels[channel]
    const peak = decibels.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
    const levels = bins.map((bin) => Math.max(0, Math.round((1 + (decibels[bin] - peak) / RANGE) * LEVELS)))
    const top = bottom - (rank + 1) * row
    for (let from = 0; from < levels.length; ) {
      let to = from + 1
      while (to < levels.length && levels[to] === levels[from]) to++
      const left = box.left + from * COLUMN
      const width = Math.min(to * COLUMN, box.width) - from * COLUMN
      // A little over its neighbours, so that no seam shows.
      if (levels[from] > 0) shapes.push(area(left, top, width + 0.5, row + 0.5, color(levels[from])))
      from = to
    }
    if (channel === selected) {
      const points = [box.left, top, box.left + box.width, top]
      const edge = { kind: 'line', color: '#fff', width: 1 } as const
      shapes.push({ ...edge, points }, { ...edge, points: points.map((at, i) => (i % 2 ? at + row : at)) })
    }
  })
  const y: Mark[] = curves.rising.flatMap((_, rank) =>
    rank === 0 || (rank + 1) % STEP === 0
      ? [{ at: bottom - (rank + 0.5) * row, label: String(rank + 1) }]
      : [],
  )
  const marks = { x: frequencyMarks(box, scale), y, xUnit: 'Hz', yUnit: name ? `filter · ${name}` : 'filter' }
  return [
    { clip: null, shapes: axes(box, marks, theme) },
    { clip: box, shapes },
  ]
}

/** The bin of the responses that each column of a map shows. */
function binsOf({ frequencies }: FilterCurves, box: Box, { scale }: Subject): number[] {
  const last = frequencies.length - 1
  return Array.from({ length: Math.ceil(box.width / COLUMN) }, (_, column) => {
    const frequency = scale.frequency(((column + 0.5) * COLUMN) / box.width)
    return Math.min(last, Math.max(0, Math.round((frequency / frequencies[last]) * last)))
  })
}

function color(level: number): string {
  return colorMaps.magma(level / LEVELS)
}

function area(left: number, top: number, width: number, height: number, fill: string): Shape {
  const [right, bottom] = [left + width, top + height]
  return { kind: 'area', points: [left, top, right, top, right, bottom, left, bottom], color: fill }
}
