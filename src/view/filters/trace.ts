import type { Points } from './shapes.ts'

/** A curve's values and where they lie. */
export interface Curve {
  readonly count: number
  x(index: number): number
  y(index: number): number
  /** Curves that run below are not followed there. */
  readonly bottom: number
}

/** CSS pixels from one point of a curve to the next, at least. */
const STEP = 1.2

/**
 * The points of a curve with no more of them than can be told apart: of values that fall on one place the highest,
 * and of stretches below the bottom only their ends.
 */
export function trace({ count, x, y, bottom }: Curve): Points {
  const points: number[] = []
  let hidden = 0
  const put = (left: number, top: number) => {
    const below = top >= bottom
    // Of three points below in a row the middle one moves on.
    if (below && hidden >= 2) points.length -= 2
    hidden = below ? Math.min(2, hidden + 1) : 0
    points.push(round(left), round(Math.min(top, bottom)))
  }
  for (let i = 0; i < count; ) {
    const left = x(i)
    let highest = i
    let next = i + 1
    for (; next < count && x(next) - left < STEP; next++) if (y(next) < y(highest)) highest = next
    put(x(highest), y(highest))
    i = next
  }
  return points
}

/** Hundredths of a pixel: no one sees more, and exported files stay small. */
export function round(value: number): number {
  return Math.round(value * 100) / 100
}
