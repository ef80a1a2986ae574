import type { FrontendDescription } from '../../src/frontend/index.ts'
import { filterCurves } from '../../src/view/filters/curves.ts'
import { FrequencyScale } from '../../src/view/filters/scale.ts'
import type { Drawing, Points, Shape } from '../../src/view/filters/shapes.ts'
import type { Subject } from '../../src/view/filters/subject.ts'

export type Line = Extract<Shape, { kind: 'line' }>

/** Of a panel, CSS pixels. */
export const size = { width: 560, height: 260 }

export function subjectOf(
  learned: FrontendDescription,
  selected: number,
  initial?: FrontendDescription,
): Subject {
  return {
    learned: filterCurves(learned, null),
    initial: initial ? filterCurves(initial, null) : null,
    beneath: 'initial',
    selected,
    scale: new FrequencyScale('mel', learned.sampleRate),
  }
}

/** The curves of a panel: what is drawn within its plot with more than two points, undermost first. */
export const curvesOf = ({ layers }: Drawing): Line[] =>
  layers
    .filter(({ clip }) => clip)
    .flatMap(({ shapes }) => shapes)
    .filter((shape): shape is Line => shape.kind === 'line' && shape.points.length > 4)

/** What places along an axis mean, by its labels. */
export function readerOf({ layers }: Drawing, axis: 'x' | 'y'): (place: number) => number {
  const marks = layers[0].shapes.flatMap((shape) =>
    shape.kind === 'text' && shape.align === (axis === 'x' ? 'center' : 'right') && /\d/.test(shape.text)
      ? [{ at: shape[axis], value: Number(shape.text.replace('−', '-')) }]
      : [],
  )
  const [first, last] = [marks[0], marks[marks.length - 1]]
  const unit = (last.value - first.value) / (last.at - first.at)
  return (place) => first.value + (place - first.at) * unit
}

export const valuesOf = (drawing: Drawing, points: Points) => heightsOf(points).map(readerOf(drawing, 'y'))
export const heightsOf = (points: Points): number[] => points.filter((_, i) => i % 2 === 1)
export const placesOf = (points: Points): number[] => points.filter((_, i) => i % 2 === 0)
