import { compressionOf, type FrontendDescription, parametersOf } from '../../../frontend/index.ts'
import { axes, evenMarks, plotBox, roundedRange, roundUp } from '../frame.ts'
import { type Drawing, type Points, type Shape, withoutCurves } from '../shapes.ts'
import {
  channelColors,
  chosenInitialLine,
  drawingOrder,
  lineOf,
  merged,
  type Size,
  type Subject,
  uncovered,
} from '../subject.ts'
import type { Theme } from '../theme.ts'
import { trace } from '../trace.ts'
import { LEAST_ENERGY_DB, MOST_ENERGY_DB, type Transfer, transfer } from '../transfer.ts'

/** Backgrounds in decibels, after which a sound begins. */
const BACKGROUNDS = [-40, -20, 0]
/** Share of a curve's rise at which its background is told. */
const LABEL_HEIGHTS = [0.66, 0.5, 0.34]
const DECIBEL_STEP = 20

/** Features against pooled energies. */
export function compression(subject: Subject, size: Size, theme: Theme): Drawing {
  const note = noteOf(subject)
  if (compressionOf(subject.learned.frontend.compression).transfer === 'none') return withoutCurves(note)
  return { layers: curveLayers(subject, size, theme), lamps: [], lampClip: null, note, channelAt: () => -1 }
}

function curveLayers(subject: Subject, { width, height }: Size, theme: Theme): Drawing['layers'] {
  const { learned, initial, selected } = subject
  const box = plotBox(width, height)
  const bottom = box.top + box.height
  const steady = ({ compression, energyFloor }: FrontendDescription, channel: number, background?: number) =>
    transfer(compression, channel, energyFloor, background)
  // One curve does for all channels where they have no parameters of their own.
  const own = parametersOf(learned.frontend, 'compression').length > 0
  const order = own ? drawingOrder(subject) : [learned.rising[0]]
  const now = new Map(order.map((channel) => [channel, steady(learned.frontend, channel)]))
  const chosen = own ? selected : order[0]
  const isDynamic = compressionOf(learned.frontend.compression).transfer === 'dynamic'
  const isSame = initial?.frontend.compression.kind === learned.frontend.compression.kind
  const comparable = own && initial && isSame ? initial.frontend : null
  const before = comparable && chosen >= 0 ? steady(comparable, chosen) : null
  const onsets =
    isDynamic && chosen >= 0
      ? BACKGROUNDS.map((background) => steady(learned.frontend, chosen, background))
      : []
  const all = [...now.values(), ...onsets, ...(before ? [before] : [])].flatMap(({ values }) => [...values])
  const [low, high] = roundedRange(Math.min(0, ...all), Math.max(0, ...all))
  const x = (decibel: number) =>
    box.left + ((decibel - LEAST_ENERGY_DB) / (MOST_ENERGY_DB - LEAST_ENERGY_DB)) * box.width
  const y = (value: number) => box.top + ((high - value) / (high - low)) * box.height
  const line = ({ decibels, values }: Transfer): Points =>
    trace({ count: values.length, x: (i) => x(decibels[i]), y: (i) => y(values[i]), bottom: bottom + 2 })
  const colors = channelColors(subject, theme)
  const shared = theme.channel(0.5)
  const shapes: Shape[] = []
  onsets.forEach((onset, i) => {
    const points = line(onset)
    shapes.push({ kind: 'line', points, color: theme.muted, width: 1.25, alpha: 0.8 })
    shapes.push(onsetLabel(points, i, theme))
  })
  if (before) shapes.push({ kind: 'line', points: line(before), ...chosenInitialLine(theme) })
  const curves: Points[] = []
  for (const [channel, curve] of now) curves[channel] = line(curve)
  const drawn = merged(curves)
  for (const channel of uncovered(order, drawn))
    shapes.push({
      kind: 'line',
      points: drawn[channel],
      color: own ? colors[channel] : shared,
      ...lineOf(channel, chosen),
    })
  const marks = {
    x: evenMarks(-40, MOST_ENERGY_DB, DECIBEL_STEP, x),
    y: evenMarks(low, high, roundUp((high - low) / 5), y),
    xUnit: 'energy, dB',
    yUnit: 'feature',
  }
  return [
    { clip: null, shapes: axes(box, marks, theme) },
    { clip: box, shapes },
  ]
}

/** A curve's background, beside the curve, each at a height of its own: curves may lie close together. */
function onsetLabel(points: Points, index: number, { muted }: Theme): Shape {
  const share = LABEL_HEIGHTS[index]
  const middle = (1 - share) * points[1] + share * points[points.length - 1]
  let place = 0
  while (place + 2 < points.length && points[place + 1] > middle) place += 2
  const text = `${BACKGROUNDS[index]}`.replace('-', '−')
  return { kind: 'text', x: points[place] - 5, y: points[place + 1] - 4, text, color: muted, align: 'right' }
}

function noteOf({ learned: { frontend }, selected }: Subject): string {
  const { compression } = frontend
  const family = compressionOf(compression)
  if (family.transfer !== 'dynamic') return family.sentence?.(compression) ?? ''
  return selected < 0
    ? 'A line a channel: steady sounds.'
    : 'Thick: a steady sound. Grey: an onset over a background of −40, −20 and 0 dB.'
}
