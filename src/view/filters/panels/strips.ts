import { roundDown, roundUp } from '../frame.ts'
import type { Box, Drawing, Points, Shape } from '../shapes.ts'
import { channelColors, type Subject } from '../subject.ts'
import type { Theme } from '../theme.ts'

const LEFT = 14
const RIGHT = 40
const TOP = 11
const BOTTOM = 14
/** Height of a strip's name. */
const TITLE = 16
const GAP = 14

/** A number of every filter, by channel. */
export interface List {
  readonly name: string
  readonly values: readonly number[]
  /** Of what lies beneath; null where there is nothing. */
  readonly before: readonly number[] | null
  /** No value is less than this, or more than `most`. */
  readonly least: number
  readonly most?: number
  /** Where its axis ends and how values lie along it; without it evenly, as far as there are values. */
  readonly axis?: { readonly low: number; readonly high: number; share(value: number): number }
  /** How a value is written; without it with two digits. */
  readonly tell?: (value: number) => string
}

type Strips = Pick<Drawing, 'layers' | 'lamps' | 'channelAt'>

/** A strip for each list, a dot a channel, by rising frequency from the left. */
export function strips(subject: Subject, box: Box, theme: Theme, lists: readonly List[]): Strips {
  const { learned, selected } = subject
  const colors = channelColors(subject, theme)
  const inner: Box = {
    left: box.left + LEFT,
    top: box.top + TOP,
    width: Math.max(1, box.width - LEFT - RIGHT),
    height: box.height - TOP - BOTTOM,
  }
  const step = inner.width / learned.rising.length
  const rank = new Map(learned.rising.map((channel, place) => [channel, place]))
  const x = (channel: number) => inner.left + ((rank.get(channel) ?? 0) + 0.5) * step
  const height = (inner.height - GAP * (lists.length - 1)) / lists.length
  const shapes: Shape[] = []
  if (selected >= 0) {
    const points = [x(selected), inner.top, x(selected), inner.top + inner.height]
    shapes.push({ kind: 'line', points, color: theme.ink, width: 1, alpha: 0.25 })
  }
  lists.forEach((list, i) => {
    const { name, values, before, tell = short } = list
    const top = inner.top + i * (height + GAP)
    const { low, high, share } = list.axis ?? evenAxis(list)
    const y = (value: number) => top + TITLE + (1 - share(value)) * (height - TITLE)
    const label = (text: string, left: number, at: number, align: 'left' | 'right'): Shape => ({
      kind: 'text', x: left, y: at, text, color: theme.muted, align,
    }); // biome-ignore format: one shape
    const right = inner.left + inner.width
    shapes.push(label(name, inner.left, top + 5, 'left'))
    if (selected >= 0)
      shapes.push({ ...label(tell(values[selected]), right, top + 5, 'right'), color: theme.ink })
    shapes.push(
      label(tell(high), right + 6, y(high) + 4, 'left'),
      label(tell(low), right + 6, y(low) - 4, 'left'),
    )
    for (const at of [y(low), y(high)])
      shapes.push({ kind: 'line', points: [inner.left, at, right, at], color: theme.line, width: 1 })
    if (before) {
      const points = learned.rising.flatMap((channel) => [x(channel), y(before[channel])])
      shapes.push({ kind: 'line', points, color: theme.muted, width: 1, alpha: 0.6 })
    }
    const radius = Math.min(3, Math.max(1.2, step / 3))
    for (const channel of learned.rising) {
      const dot = { kind: 'dot', x: x(channel), y: y(values[channel]), color: colors[channel] } as const
      shapes.push({ ...dot, radius: channel === selected ? 4.5 : radius })
    }
  })
  return {
    layers: [{ clip: null, shapes }],
    lamps: colors.map((color, channel) => ({
      kind: 'area', points: column(x(channel), step, inner), color,
    })), // biome-ignore format: one shape
    channelAt: (left, above) => {
      const place = Math.floor((left - inner.left) / step)
      const inside = above >= inner.top && above <= inner.top + inner.height
      return inside ? (learned.rising[place] ?? -1) : -1
    },
  }
}

/** All that stands above one another of a channel. */
function column(middle: number, width: number, { top, height }: Box): Points {
  const [left, right] = [middle - width / 2, middle + width / 2]
  return [left, top, right, top, right, top + height, left, top + height]
}

/** The values' range rounded outwards within their bounds, with room around values that are all the same. */
function evenAxis(list: List): NonNullable<List['axis']> {
  const all = [...list.values, ...(list.before ?? [])]
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const step = roundUp(Math.max(most - least, 0.1 * Math.max(Math.abs(most), 0.01)))
  const fine = roundDown(step / 2)
  const low = Math.max(Math.floor(least / fine - 1e-6) * fine, list.least)
  const high = Math.min(Math.ceil(most / fine + 1e-6) * fine, list.most ?? Number.POSITIVE_INFINITY)
  return { low, high, share: (value) => (value - low) / (high - low) }
}

function short(value: number): string {
  return `${Number(value.toPrecision(2))}`.replace('-', '−')
}
