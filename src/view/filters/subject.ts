import type { FilterCurves } from './curves.ts'
import type { FrequencyScale } from './scale.ts'
import type { Points } from './shapes.ts'
import type { Theme } from './theme.ts'

/** What the panels are about. */
export interface Subject {
  readonly learned: FilterCurves
  /** Drawn faintly beneath; null for none. */
  readonly initial: FilterCurves | null
  /** What that is, in a note: initial, or the name of another frontend. */
  readonly beneath: string
  /** Channel that stands out, -1 for none. */
  readonly selected: number
  readonly scale: FrequencyScale
}

/** CSS pixels: curves that are nowhere farther apart look like one. */
const SAME = 0.25

export interface Size {
  readonly width: number
  readonly height: number
}

/** The colour of each channel, by its place among rising frequencies. */
export function channelColors({ learned }: Subject, theme: Theme): string[] {
  const colors: string[] = []
  const last = Math.max(1, learned.rising.length - 1)
  learned.rising.forEach((channel, rank) => (colors[channel] = theme.channel(rank / last)))
  return colors
}

/** How strongly a channel's curve is drawn: fainter while another one stands out. */
export function lineOf(
  channel: number,
  selected: number,
): { readonly width: number; readonly alpha: number } {
  if (channel === selected) return { width: 2.5, alpha: 1 }
  return { width: 1.25, alpha: selected < 0 ? 0.85 : 0.5 }
}

/** Channels by rising frequency, the chosen one last so that it lies on top. */
export function drawingOrder({ learned: { rising }, selected }: Subject): number[] {
  return selected < 0 ? [...rising] : [...rising.filter((channel) => channel !== selected), selected]
}

/**
 * Curves by channel; those that lie upon one another become one and the same array. Drawn each for itself, their soft
 * edges would add up to hard ones.
 */
export function merged(curves: readonly Points[]): Points[] {
  const distinct: Points[] = []
  return curves.map((points) => {
    const known = distinct.find((other) => coincide(other, points))
    if (!known) distinct.push(points)
    return known ?? points
  })
}

function coincide(a: Points, b: Points): boolean {
  return a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) <= SAME)
}

/** The order without channels whose curve a later one's hides. @param curves by channel, merged */
export function uncovered(order: readonly number[], curves: readonly Points[]): number[] {
  const top = new Map(order.map((channel) => [curves[channel], channel]))
  return order.filter((channel) => top.get(curves[channel]) === channel)
}

/** The line of a channel before learning. */
export function initialLine(selected: number, theme: Theme) {
  return { color: theme.muted, width: 1, alpha: selected < 0 ? 0.45 : 0.3 } as const
}

/** The line of the chosen channel before learning. */
export function chosenInitialLine(theme: Theme) {
  return { color: theme.ink, width: 1.25, alpha: 0.85, dash: [5, 4] } as const
}
