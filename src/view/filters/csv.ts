import { parametersOf } from '../../frontend/index.ts'
import type { FilterCurves } from './curves.ts'

type Column = readonly [name: string, values: ArrayLike<number>]

const DIGITS = 6

/**
 * A line a filter, in the frontend's own order, counted from 1: centre and width of its band in Hz, width of its
 * pooling window at half its height in ms, the parameters of its compression; then the same of the initial one.
 */
export function filtersCSV(learned: FilterCurves, initial: FilterCurves | null): string {
  const columns = [
    ...columnsOf(learned),
    ...(initial ? columnsOf(initial).map(([name, values]): Column => [prefixed(name), values]) : []),
  ]
  const rows = Array.from({ length: learned.centers.length }, (_, channel) => [
    `${channel + 1}`,
    ...columns.map(([, values]) => `${Number(values[channel].toPrecision(DIGITS))}`),
  ])
  return [['filter', ...columns.map(([name]) => name)], ...rows].map((row) => `${row.join(',')}\n`).join('')
}

function columnsOf({ frontend, centers, bandwidths, poolingMs }: FilterCurves): Column[] {
  return [
    ['centerHz', centers],
    ['bandwidthHz', bandwidths],
    ['poolingMs', poolingMs],
    ...parametersOf(frontend, 'compression').map(({ name, values }): Column => [name, values]),
  ]
}

function prefixed(name: string): string {
  return `initial${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
