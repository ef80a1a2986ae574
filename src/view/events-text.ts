import { csvCell, formulaFreeJSON } from '../csv.ts'
import type { ShownEvent } from './track.ts'

/** Microseconds are more than any clock of events tells. */
const DIGITS = 6

/**
 * A line an event, in seconds on the clock of the events, after a line of names (RFC 4180, with plain line feeds). `head`
 * is empty where the model has none, `end` while the event is running. No label becomes a formula in a spreadsheet.
 */
export function eventsCSV(events: readonly ShownEvent[]): string {
  const rows = events.map(({ head = '', label, start, end, confidence }) => [
    csvCell(head),
    csvCell(label),
    rounded(start),
    end === undefined ? '' : rounded(end),
    rounded(confidence),
  ])
  return [['head', 'label', 'start', 'end', 'confidence'], ...rows]
    .map((row) => `${row.join(',')}\n`)
    .join('')
}

/** A list of objects with these names; what is not there is left out. */
export function eventsJSON(events: readonly ShownEvent[]): string {
  const plain = events.map(({ head, label, start, end, confidence }) => ({
    head,
    label,
    start,
    end,
    confidence,
  }))
  return formulaFreeJSON(plain)
}

function rounded(value: number): string {
  return `${Number(value.toFixed(DIGITS))}`
}
