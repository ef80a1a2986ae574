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

/** Marks and what they mean, from left to right. */
export function legend(entries: readonly Entry[], [left, y]: Point): string {
  const starts = entries.map((_, i) =>
    entries.slice(0, i).reduce((x, { label }) => x + MARK + LETTER * label.length + GAP, left),
  )
  const drawn = entries.map(({ label, className, mark }, i) =>
    group(className, markAt(mark, [starts[i], y - 4]), text(label, [starts[i] + MARK, y], '')),
  )
  return group('legend', ...drawn)
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
