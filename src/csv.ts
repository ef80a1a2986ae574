/** What spreadsheets take for the beginning of a formula, in wide letters too. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/
const GUARD = "'"

/**
 * A text as a cell of a CSV file (RFC 4180). One that a spreadsheet would compute gets an apostrophe in front, which
 * spreadsheets take for "this is text", and `cellText` takes away.
 */
export function csvCell(text: string): string {
  const guarded = FORMULA.test(text) || text.startsWith(GUARD) ? GUARD + text : text
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** The text of a cell that `csvCell` wrote; of another program's as it is. */
export function cellText(cell: string): string {
  const rest = cell.slice(1)
  return cell.startsWith(GUARD) && (FORMULA.test(rest) || rest.startsWith(GUARD)) ? rest : cell
}

/** JSON whose texts begin no formula where it is pasted as text: the first letter is escaped, and parses to the same. */
export function formulaFreeJSON(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /: "([=+\-@＝＋－＠])/g,
    (_, letter: string) => `: "\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
