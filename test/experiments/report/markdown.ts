/** @param words columns of words, set to the left; the others are set to the right */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  words = 1,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i < words ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

/** A share in per cent to one digit: 0.552 → "55.2". */
export const percent = (share: number) => (100 * share).toFixed(1)

export const markdownPicture = (file: string, alt: string) => `![${alt}](${file})`
