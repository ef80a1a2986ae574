import { type Point, path } from './svg.ts'

/** Filled, at every point. */
export function dots(points: readonly Point[], className: 'dot' | 'speck' = 'dot'): string {
  return path(
    points.map(([x, y]) => ['M', x, y, 'h', 0]),
    className,
  )
}

/** Hollow, at every point. */
export function rings(points: readonly Point[]): string {
  const [radius, across] = [2, 4]
  return path(
    points.map(([x, y]) => [
      ...['M', x - radius, y, 'a', radius, radius, 0, 1, 0, across, 0],
      ...['a', radius, radius, 0, 1, 0, -across, 0],
    ]),
    'ring',
  )
}

/** Straight pieces, each from a point to another. */
export function lines(pieces: readonly (readonly [Point, Point])[], className: string): string {
  return path(
    pieces.map(([[x1, y1], [x2, y2]]) => ['M', x1, y1, 'L', x2, y2]),
    className,
  )
}

/** Straight from point to point. */
export function polyline(points: readonly Point[], className: string): string {
  return path(
    points.map(([x, y], i) => [i === 0 ? 'M' : 'L', x, y]),
    className,
  )
}
