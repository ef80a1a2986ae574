import type { Box } from './panel.ts'
import type { FigureSize } from './svg.ts'

/** Panels in columns and rows. */
export interface Grid {
  readonly columns: number
  readonly rows: number
  /** Of one panel. */
  readonly width: number
  readonly height: number
  readonly gap: { readonly across: number; readonly down: number }
  readonly margin: {
    readonly left: number
    readonly top: number
    readonly right: number
    readonly bottom: number
  }
}

export function boxAt({ width, height, gap, margin }: Grid, column: number, row: number): Box {
  return {
    left: margin.left + column * (width + gap.across),
    top: margin.top + row * (height + gap.down),
    width,
    height,
  }
}

/** Of the picture that holds all panels and the margins. */
export function sizeOf({ columns, rows, width, height, gap, margin }: Grid): FigureSize {
  return {
    width: margin.left + columns * (width + gap.across) - gap.across + margin.right,
    height: margin.top + rows * (height + gap.down) - gap.down + margin.bottom,
  }
}
