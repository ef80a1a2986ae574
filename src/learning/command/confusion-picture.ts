const CELL = 34
const MARGIN = 130
const FONT = 'font-family="system-ui, sans-serif" font-size="13"'

/**
 * A confusion matrix as an SVG picture: a row per true label, a column per answer; the darker a cell, the larger the
 * share of its row.
 */
export function confusionPicture(counts: readonly (readonly number[])[], labels: readonly string[]): string {
  const size = MARGIN + labels.length * CELL + 50
  const place = (i: number) => MARGIN + i * CELL
  const cells = counts.flatMap((row, y) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    return row.map((count, x) => {
      const share = total === 0 ? 0 : count / total
      const text = `<text x="${place(x) + CELL / 2}" y="${place(y) + 22}" text-anchor="middle" fill="${share > 0.35 ? '#fff' : '#1a2433'}">${count}</text>`
      return `<rect x="${place(x)}" y="${place(y)}" width="${CELL - 1}" height="${CELL - 1}" fill="${blue(share)}"/>${count > 0 ? text : ''}`
    })
  })
  const names = labels.flatMap((label, i) => [
    `<text x="${MARGIN - 8}" y="${place(i) + 22}" text-anchor="end">${escaped(label)}</text>`,
    `<text transform="translate(${place(i) + 22} ${MARGIN - 8}) rotate(-60)">${escaped(label)}</text>`,
  ])
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" ${FONT} fill="#1a2433">`,
    `<rect width="${size}" height="${size}" fill="#fff"/>`,
    ...names,
    ...cells,
    `<text x="12" y="24" font-size="12">true ↓ answer →</text>`,
    '</svg>\n',
  ].join('\n')
}

/** White to dark blue. */
function blue(share: number): string {
  const channel = (from: number, to: number) => Math.round(from + (to - from) * Math.sqrt(share))
  return `rgb(${channel(244, 16)} ${channel(247, 62)} ${channel(251, 122)})`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
