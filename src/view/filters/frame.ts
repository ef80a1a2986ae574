import { hertz } from '../format.ts'
import type { FrequencyScale } from './scale.ts'
import type { Box, Shape } from './shapes.ts'
import type { Theme } from './theme.ts'

/** A labelled place on an axis: `at` in CSS pixels from the panel's left or top edge. */
export interface Mark {
  readonly at: number
  readonly label: string
}

export interface Axes {
  readonly x: readonly Mark[]
  readonly y: readonly Mark[]
  /** Units, after the last mark of each axis. */
  readonly xUnit: string
  readonly yUnit: string
}

/** Room for the labels beside the plot. */
const LEFT = 40
const RIGHT = 12
const TOP = 22
const BOTTOM = 24
/** Least distance of two labels of frequencies. */
const FREQUENCY_GAP = 42

/** The plot within a panel of a size. */
export function plotBox(width: number, height: number): Box {
  return {
    left: LEFT,
    top: TOP,
    width: Math.max(1, width - LEFT - RIGHT),
    height: Math.max(1, height - TOP - BOTTOM),
  }
}

/** Grid lines, labels and units around a plot. */
export function axes(box: Box, { x, y, xUnit, yUnit }: Axes, { line, muted }: Theme): Shape[] {
  const right = box.left + box.width
  const bottom = box.top + box.height
  const shapes: Shape[] = []
  for (const { at, label } of y) {
    shapes.push({ kind: 'line', points: [box.left, at, right, at], color: line, width: 1 })
    shapes.push({ kind: 'text', x: box.left - 7, y: at, text: label, color: muted, align: 'right' })
  }
  for (const { at, label } of x) {
    shapes.push({ kind: 'line', points: [at, box.top, at, bottom], color: line, width: 1 })
    shapes.push({ kind: 'text', x: at, y: bottom + 14, text: label, color: muted, align: 'center' })
  }
  const unit = (text: string, left: number, top: number, align: 'left' | 'right'): Shape => ({
    kind: 'text', x: left, y: top, text, color: muted, align,
  }); // biome-ignore format: one shape
  shapes.push(unit(yUnit, box.left, box.top - 11, 'left'), unit(xUnit, right, box.top - 11, 'right'))
  return shapes
}

/** Round frequencies along the bottom of a plot. */
export function frequencyMarks(box: Box, scale: FrequencyScale): Mark[] {
  return scale.ticks(FREQUENCY_GAP / box.width).map((frequency) => ({
    at: box.left + scale.share(frequency) * box.width,
    label: hertz(frequency),
  }))
}

/** Multiples of `step` from low to high, at the places that `at` gives them. */
export function evenMarks(low: number, high: number, step: number, at: (value: number) => number): Mark[] {
  const marks: Mark[] = []
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
    const value = Number((k * step).toPrecision(6))
    marks.push({ at: at(value), label: `${value}`.replace('-', '−') })
  }
  return marks
}

/** The least of 1, 2 and 5 times a power of ten that is not below a positive value: axes that end there rest. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const digits = [1, 2, 5, 10].find((digit) => digit * power >= value * (1 - 1e-9)) ?? 10
  return Number((digits * power).toPrecision(6))
}

/** A range rounded outwards to a step of about a fifth of it. */
export function roundedRange(low: number, high: number): [number, number] {
  const step = roundUp(Math.max(high - low, 1e-6) / 5)
  return [Math.floor(low / step + 1e-6) * step, Math.ceil(high / step - 1e-6) * step]
}

/** The greatest of 1, 2 and 5 times a power of ten that is not above a positive value. */
export function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value * (1 + 1e-9)))
  const digits = [5, 2, 1].find((digit) => digit * power <= value * (1 + 1e-9)) ?? 1
  return Number((digits * power).toPrecision(6))
}
