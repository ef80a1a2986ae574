import { LeafError } from '../error.ts'

/** A share of a bound by which a value may miss it and still be taken for rounding. */
const ROUNDING = 1e-6

/** Inclusive range of a parameter, in the parameter's own unit. */
export interface Bounds {
  readonly min: number
  readonly max: number
}

function refuse(path: string, problem: string, remedy: string): never {
  throw new LeafError('description', `The frontend description is not valid: ${path} ${problem}.`, remedy)
}

/** @returns the value as a plain object. @throws LeafError naming `path`. */
export function objectAt(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(path, 'is not an object', 'Give an object as in the presets.')
  }
  return value as Record<string, unknown>
}

/** Refuses every key of `object` that is not in `known`. */
export function onlyKeys(object: Record<string, unknown>, known: readonly string[], path: string): void {
  for (const key of Object.keys(object)) {
    if (!known.includes(key)) {
      refuse(path === '' ? key : `${path}.${key}`, 'is unknown', `Known keys here are ${known.join(', ')}.`)
    }
  }
}

/** @returns the finite number at `path`, moved onto a bound it misses by rounding only. */
export function numberAt(value: unknown, path: string, bounds: Bounds): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    refuse(path, `is ${typeof value === 'number' ? value : typeof value}`, 'Give a finite number.')
  }
  const { min, max } = bounds
  if (value < min) {
    if (min - value <= ROUNDING * Math.abs(min)) return min
    refuse(path, `is ${value}, below its bound ${min}`, `Give a value from ${min} to ${max}.`)
  }
  if (value > max) {
    if (value - max <= ROUNDING * Math.abs(max)) return max
    refuse(path, `is ${value}, above its bound ${max}`, `Give a value from ${min} to ${max}.`)
  }
  return value
}

/** As `numberAt`, whole numbers only. */
export function integerAt(value: unknown, path: string, bounds: Bounds): number {
  const number = numberAt(value, path, bounds)
  if (!Number.isInteger(number)) refuse(path, `is ${number}`, 'Give a whole number.')
  return number
}

/** @returns a copy of the array at `path`: `length` finite numbers within `bounds`, one per `unit`. */
export function numbersAt(
  value: unknown,
  path: string,
  length: number,
  bounds: Bounds,
  unit: 'channel' | 'tap' | 'bin' | 'knot' = 'channel',
): number[] {
  return arrayAt(value, path, length, `${length} numbers, one per ${unit}`).map((entry, i) =>
    numberAt(entry, `${path}[${i}]`, bounds),
  )
}

/** @returns a copy of the rows at `path`, one per channel, of `columns` finite numbers within `bounds` each. */
export function rowsAt(
  value: unknown,
  path: string,
  rows: number,
  columns: number,
  bounds: Bounds,
  unit: 'tap' | 'bin' = 'tap',
): number[][] {
  return arrayAt(value, path, rows, `${rows} rows, one per channel`).map((row, i) =>
    numbersAt(row, `${path}[${i}]`, columns, bounds, unit),
  )
}

function arrayAt(value: unknown, path: string, length: number, wanted: string): unknown[] {
  if (!Array.isArray(value)) refuse(path, 'is not an array', `Give ${wanted}.`)
  if (value.length !== length) refuse(path, `has ${value.length} values`, `Give ${wanted}.`)
  // An array with holes is not mapped over its holes.
  return Array.from(value)
}

/** @returns the entry of `choices` that the value names. */
export function choiceAt<Choice extends string>(
  value: unknown,
  path: string,
  choices: readonly Choice[],
): Choice {
  if (!choices.includes(value as Choice)) {
    refuse(path, `is ${JSON.stringify(value) ?? 'missing'}`, `Choose one of ${choices.join(', ')}.`)
  }
  return value as Choice
}
