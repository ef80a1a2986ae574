import { parametersOf } from '../../../frontend/index.ts'
import { hertz } from '../../format.ts'
import type { FilterCurves } from '../curves.ts'
import type { Box, Drawing } from '../shapes.ts'
import type { Size, Subject } from '../subject.ts'
import type { Theme } from '../theme.ts'
import { timeConstantMs } from '../time-constant.ts'
import { type List, strips } from './strips.ts'

/** Wider than that, the lists stand in two columns: what is of filters, and what is of compressions. */
const WIDE = 560
const GAP = 24

/** Centre, bandwidth, pooling and the compression's parameters against the filters' places by rising frequency. */
export function lists(subject: Subject, { width, height }: Size, theme: Theme): Drawing {
  const filters = filterLists(subject)
  const compression = compressionLists(subject)
  const isWide = width > WIDE && compression.length > 0
  const half = (width - GAP) / 2
  const boxes: [Box, readonly List[]][] = isWide
    ? [
        [{ left: 0, top: 0, width: half, height }, filters],
        [{ left: half + GAP, top: 0, width: half, height }, compression],
      ]
    : [[{ left: 0, top: 0, width, height }, [...filters, ...compression]]]
  const parts = boxes.map(([box, some]) => strips(subject, box, theme, some))
  return {
    layers: parts.flatMap(({ layers }) => layers),
    lamps: parts[0].lamps,
    lampClip: null,
    note: `A dot a filter, the lowest at the left.${subject.initial ? ` Line: ${subject.beneath}.` : ''}`,
    channelAt: (x, y) => Math.max(...parts.map((part) => part.channelAt(x, y))),
  }
}

function filterLists({ learned, initial, scale }: Subject): List[] {
  const list = (name: string, of: (curves: FilterCurves) => ArrayLike<number>) => ({
    name,
    values: Array.from(of(learned)),
    before: initial && Array.from(of(initial)),
    least: 0,
  })
  return [
    {
      ...list('centre, Hz', ({ centers }) => centers),
      // As on the axes of the other pictures.
      axis: { low: scale.lowest, high: scale.highest, share: (value) => scale.share(value) },
      tell: hertz,
    },
    { ...list('bandwidth, Hz', ({ bandwidths }) => bandwidths), tell: hertz },
    list('pooling, ms', ({ poolingMs }) => poolingMs),
  ]
}

function compressionLists({ learned, initial }: Subject): List[] {
  const before = initial ? parametersOf(initial.frontend, 'compression') : []
  return parametersOf(learned.frontend, 'compression').map(({ name, values, bounds }) => {
    const old = before.find((parameter) => parameter.name === name)?.values ?? null
    if (name !== 'smooth') return { name, values, before: old, least: bounds.min, most: bounds.max }
    const told = (weights: readonly number[], hopMs: number) =>
      weights.map((weight) => timeConstantMs(weight, hopMs))
    return {
      name: 'smooth, ms',
      values: told(values, learned.frontend.hopMs),
      before: old && initial && told(old, initial.frontend.hopMs),
      least: 0,
    }
  })
}
