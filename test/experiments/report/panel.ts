import type { Axis } from './axis.ts'
import { lines } from './marks.ts'
import { element, group, type Point, text } from './svg.ts'

/** A place for a panel. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface PanelOptions {
  readonly x: Axis
  /** Rises upwards. */
  readonly y: Axis
  /** Above the panel. */
  readonly title?: string
  /** Whether the values at the ticks stand below and to the left. */
  readonly values: { readonly below: boolean; readonly left: boolean }
}

/** A pair of axes on which marks are placed. */
export class Panel {
  readonly box: Box
  readonly #options: PanelOptions

  constructor(box: Box, options: PanelOptions) {
    this.box = box
    this.#options = options
  }

  x(value: number): number {
    return this.box.left + this.#options.x.at(value) * this.box.width
  }

  y(value: number): number {
    return this.box.top + (1 - this.#options.y.at(value)) * this.box.height
  }

  /** Upright through the whole panel. */
  upright(value: number): [Point, Point] {
    const { top, height } = this.box
    return [
      [this.x(value), top],
      [this.x(value), top + height],
    ]
  }

  /** Level through the whole panel. */
  level(value: number): [Point, Point] {
    const { left, width } = this.box
    return [
      [left, this.y(value)],
      [left + width, this.y(value)],
    ]
  }

  /** Grid, frame, values, title, and the marks over them. */
  draw(...marks: string[]): string {
    const { left, top, width, height } = this.box
    const { x, y, title, values } = this.#options
    const grid = [
      ...x.ticks.map(({ value }) => this.upright(value)),
      ...y.ticks.map(({ value }) => this.level(value)),
    ]
    const below = x.ticks.map(({ value, label }) =>
      text(label, [this.x(value), top + height + 13], 'small muted middle'),
    )
    const beside = y.ticks.map(({ value, label }) =>
      text(label, [left - 6, this.y(value) + 3.5], 'small muted end'),
    )
    return group(
      'panel',
      lines(grid, 'grid'),
      element('rect', { x: left, y: top, width, height, class: 'frame' }),
      ...(values.below ? below : []),
      ...(values.left ? beside : []),
      ...(title === undefined ? [] : [text(title, [left + width / 2, top - 8], 'title middle')]),
      ...marks,
    )
  }
}
