import {
  equivalentRectangularBandwidth,
  filterbanks,
  geometryOf,
  hertzToMel,
  melToHertz,
} from '../../../frontend/index.ts'
import { hertz } from '../../format.ts'
import type { FilterCurves } from '../curves.ts'
import { axes, frequencyMarks, type Mark, plotBox, roundDown, roundUp } from '../frame.ts'
import type { Drawing, Shape } from '../shapes.ts'
import { channelColors, drawingOrder, type Size, type Subject } from '../subject.ts'
import type { Theme } from '../theme.ts'
import { trace } from '../trace.ts'

/** Points of a reference line. */
const REFERENCE_POINTS = 48
/** Where along its line a reference is named: where the two lie apart. */
const NAME_PLACE = 0.9
/** CSS pixels within which a point can be chosen. */
const REACH = 26

/** Bandwidth against centre frequency, from where each channel began to where it is. */
export function bandwidths(subject: Subject, { width, height }: Size, theme: Theme): Drawing {
  const { learned, initial, selected, scale } = subject
  const box = plotBox(width, height)
  const all = [...learned.bandwidths, ...(initial?.bandwidths ?? [])].filter((band) => band > 0)
  const low = roundDown(Math.min(20, ...all))
  const high = roundUp(Math.max(1000, ...all))
  const x = (frequency: number) => box.left + scale.share(frequency) * box.width
  const y = (band: number) =>
    box.top + (1 - Math.log(Math.max(band, low) / low) / Math.log(high / low)) * box.height
  const colors = channelColors(subject, theme)
  const place = (curves: FilterCurves, channel: number) => ({
    x: x(curves.centers[channel]),
    y: y(curves.bandwidths[channel]),
  })
  const shapes: Shape[] = referenceLines(subject).flatMap((reference) =>
    referenceShapes(reference, x, y, theme),
  )
  for (const channel of drawingOrder(subject)) {
    const chosen = channel === selected
    const now = place(learned, channel)
    if (initial) {
      const before = place(initial, channel)
      const points = [before.x, before.y, now.x, now.y]
      shapes.push({
        kind: 'line',
        points,
        color: theme.muted,
        width: chosen ? 2 : 1,
        alpha: chosen ? 1 : 0.6,
      })
      shapes.push({ kind: 'dot', ...before, radius: chosen ? 4 : 2.5, color: theme.muted, hollow: true })
    }
    if (chosen) shapes.push({ kind: 'dot', ...now, radius: 9, color: theme.ink, hollow: true })
    const faded = selected >= 0 && !chosen
    shapes.push({
      kind: 'dot',
      ...now,
      radius: chosen ? 5.5 : 4,
      color: colors[channel],
      alpha: faded ? 0.7 : 1,
    })
  }
  const marks = {
    x: frequencyMarks(box, scale),
    y: bandMarks(low, high, y),
    xUnit: 'centre, Hz',
    yUnit: 'width, Hz',
  }
  return {
    layers: [
      { clip: null, shapes: axes(box, marks, theme) },
      { clip: { ...box, top: 0, height: box.top + box.height, width: box.width + 10 }, shapes },
    ],
    lamps: colors.map((color, channel) => ({ kind: 'dot', ...place(learned, channel), radius: 11, color })),
    lampClip: null,
    note: `${initial ? `Dots: learned. Rings: ${subject.beneath}. ` : ''}Dotted: the ear (ERB) and mel triangles.`,
    channelAt: (left, above) => {
      const distances = colors.map((_, channel) => {
        const point = place(learned, channel)
        return Math.hypot(point.x - left, point.y - above)
      })
      const least = Math.min(...distances)
      return least <= REACH ? distances.indexOf(least) : -1
    },
  }
}

interface Reference {
  readonly name: string
  readonly from: number
  readonly to: number
  /** Hz, at a centre in Hz. */
  readonly width: (frequency: number) => number
}

/** The ear's bandwidths, and those of as many mel triangles at half their height. */
function referenceLines({ learned: { frontend } }: Subject): Reference[] {
  const geometry = geometryOf(frontend)
  const { fMin, fMax } = filterbanks.mel.initial(geometry)
  const [lowest, highest] = [hertzToMel(fMin), hertzToMel(fMax)]
  const step = (highest - lowest) / (geometry.channels + 1)
  const melWidth = (frequency: number) => {
    const mel = hertzToMel(frequency)
    return melToHertz(mel + step / 2) - melToHertz(mel - step / 2)
  }
  return [
    { name: 'ERB', from: 50, to: frontend.sampleRate / 2, width: equivalentRectangularBandwidth },
    { name: 'mel', from: melToHertz(lowest + step), to: melToHertz(highest - step), width: melWidth },
  ]
}

function referenceShapes(
  { name, from, to, width }: Reference,
  x: (frequency: number) => number,
  y: (band: number) => number,
  { muted }: Theme,
): Shape[] {
  const frequency = (i: number) => from * (to / from) ** (i / (REFERENCE_POINTS - 1))
  const points = trace({
    count: REFERENCE_POINTS,
    x: (i) => x(frequency(i)),
    y: (i) => y(width(frequency(i))),
    bottom: Number.POSITIVE_INFINITY,
  })
  const named = frequency(REFERENCE_POINTS * NAME_PLACE)
  const above = name === 'ERB' ? -11 : 11
  return [
    { kind: 'line', points, color: muted, width: 1.25, alpha: 0.7, dash: [2, 4] },
    { kind: 'text', x: x(named), y: y(width(named)) + above, text: name, color: muted, align: 'center' },
  ]
}

function bandMarks(low: number, high: number, y: (band: number) => number): Mark[] {
  const marks: Mark[] = []
  for (let band = low; band <= high * 1.001; band = roundUp(band * 1.5)) {
    marks.push({ at: y(band), label: hertz(band) })
  }
  return marks
}
