import { dots, lines, rings } from './marks.ts'
import { group, type Point, text } from './svg.ts'

export interface Entry {
  readonly label: string
  /** Of the group the mark stands in, for its colour. */
  readonly className: string
  readonly mark: 'dot' | 'ring' | 'curve' | 'reference'
}

/** Widths: of a mark with the space after it, of a letter at most, between two entries. */
const [MARK, LETTER, GAP] = [22, 6.6, 16]

const widthOf = ({ label }: Entry) => MARK + LETTER * label.length + GAP

/** Marks and what they mean, from left to right. */
export function legend(entries: readonly Entry[], [left, y]: Point): string {
  const starts = entries.map((_, i) => entries.slice(0, i).reduce((x, entry) => x + widthOf(entry), left))
  const drawn = entries.map(({ label, className, mark }, i) =>
    group(className, markAt(mark, [starts[i], y - 4]), text(label, [starts[i] + MARK, y], '')),
  )
  return group('legend', ...drawn)
}

/** Entries in rows that are no wider than `width`, as many in each as fit. */
export function inRows(entries: readonly Entry[], width: number): Entry[][] {
  const rows: Entry[][] = [[]]
  let used = 0
  for (const entry of entries) {
    if (used > 0 && used + widthOf(entry) > width) {
      rows.push([])
      used = 0
    }
    rows[rows.length - 1].push(entry)
    used += widthOf(entry)
  }
  return rows
}

function markAt(mark: Entry['mark'], [x, y]: Point): string {
  const middle = [x + 8, y] as const
  if (mark === 'dot') return dots([middle])
  if (mark === 'ring') return rings([middle])
  const ends: [Point, Point] = [
    [x, y],
    [x + 16, y],
  ]
  return lines([ends], mark)
}
