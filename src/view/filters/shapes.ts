/** A rectangle in CSS pixels, y downwards. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Places of points, x and y in turn, in CSS pixels. */
export type Points = readonly number[]

/** What canvas and SVG both draw. Colours are CSS colours, alpha 1 where it is absent. */
export type Shape =
  | {
      readonly kind: 'line'
      readonly points: Points
      readonly color: string
      readonly width: number
      readonly alpha?: number
      readonly dash?: readonly number[]
    }
  | { readonly kind: 'area'; readonly points: Points; readonly color: string; readonly alpha?: number }
  | {
      readonly kind: 'dot'
      readonly x: number
      readonly y: number
      readonly radius: number
      readonly color: string
      readonly alpha?: number
      /** A ring instead of a disc. */
      readonly hollow?: boolean
    }
  | {
      readonly kind: 'text'
      readonly x: number
      readonly y: number
      readonly text: string
      readonly color: string
      readonly align: 'left' | 'center' | 'right'
    }

/** Shapes that are cut off at a box, or not at all. */
export interface Layer {
  readonly clip: Box | null
  readonly shapes: readonly Shape[]
}

/** A panel's picture. */
export interface Drawing {
  readonly layers: readonly Layer[]
  /**
   * What is drawn over the picture as strongly as a channel is heard, by channel; empty where nothing is. Of those with
   * one and the same points only the strongest is.
   */
  readonly lamps: readonly Shape[]
  readonly lampClip: Box | null
  /** What the picture shows, or why it is empty; one sentence or none. */
  readonly note: string
  /** The channel at a place, or -1. */
  channelAt(x: number, y: number): number
}

/** A picture without any curve, and why. */
export function withoutCurves(note: string): Drawing {
  return { layers: [], lamps: [], lampClip: null, note, channelAt: () => -1 }
}

/** The area between a line and a height. */
export function areaUnder(points: Points, bottom: number): Points {
  return points.length === 0 ? [] : [points[0], bottom, ...points, points[points.length - 2], bottom]
}
