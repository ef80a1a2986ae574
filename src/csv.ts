/** What spreadsheets take for the beginning of a formula, in wide letters too, also behind what some of them trim away. */
const FORMULA = /^([\t\r\n]|[\s\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠])/u
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

/**
 * The text of a CSV file: UTF-8, or UTF-16 with a byte order mark, as spreadsheets save "Unicode text".
 *
 * @throws Error where it is neither: a sentence without its full stop
 */
export function csvText(bytes: Uint8Array): string {
  const mark = bytes.length < 2 ? 0 : (bytes[0] << 8) | bytes[1]
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8'
  let text: string
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Error(`its text is not ${encoding.toUpperCase()}`, { cause })
  }
  // As in UTF-16 without a mark, and in no text.
  if (text.includes('\0')) throw new Error('it holds NUL characters')
  return text
}

/** The names of columns as they are. @throws Error where two columns have one name, of which one would be lost */
export function csvColumns(names: readonly string[]): string[] {
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) < i)
  if (twice !== undefined) throw new Error(`it has the column "${twice}" twice`)
  return [...names]
}

/** JSON whose texts begin no formula where it is pasted as text: the first letter is escaped, and parses to the same. */
export function formulaFreeJSON(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /: "([=+\-@＝＋－＠])/g,
    (_, letter: string) => `: "\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
