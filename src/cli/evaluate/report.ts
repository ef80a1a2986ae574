import type { Calibration, FolderFigures } from './figures.ts'

const COLUMNS = ['clips', 'highest', 'AP', 'precision', 'recall', 'F1']
/** Wrong answers that are named for a label. */
const NAMED = 3

/** The figures as a table for people. */
export function reportOf(figures: FolderFigures): string {
  const { perLabel, confusion } = figures
  const width = Math.max(...perLabel.map(({ label }) => label.length), 5)
  const line = (label: string, cells: readonly string[], mistakes: string) =>
    `${label.padEnd(width)} ${cells.map((cell) => cell.padStart(9)).join('')}  ${mistakes}`.trimEnd()
  const rows = perLabel.map(({ label, clips, recallOfHighest, averagePrecision, precision, recall, f1 }, i) =>
    line(
      label,
      [String(clips), ...[recallOfHighest, averagePrecision, precision, recall, f1].map(decimals)],
      mistakesOf(label, confusion.answers, confusion.counts[i]),
    ),
  )
  const summary = [
    `${figures.clips} clips: accuracy ${decimals(figures.accuracy)}`,
    `among its labels ${decimals(figures.accuracyAmongItsLabels)}`,
    `mean recall ${decimals(figures.meanRecall)}`,
    `mAP ${decimals(figures.meanAveragePrecision)}`,
    `macro F1 ${decimals(figures.macroF1)}`,
  ].join(', ')
  const reliability = reliabilityOf(figures.calibration)
  return [summary, '', line('label', COLUMNS, 'taken for'), ...rows, '', ...reliability, ''].join('\n')
}

/** How often scores are right, a line for each tenth. */
function reliabilityOf({ bins, error, errorOfHalfAndMore }: Calibration): string[] {
  const cells = (...texts: readonly string[]) => texts.map((text) => text.padStart(9)).join('')
  return [
    `reliability: expected calibration error ${error.toFixed(3)}, of scores of a half and more ${decimals(errorOfHalfAndMore)}`,
    `${'score'.padEnd(9)}${cells('answers', 'mean', 'right')}`,
    ...bins.map(({ from, to, count, score, right }) => {
      const range = `${from.toFixed(1)}–${to.toFixed(1)}`.padEnd(9)
      return range + cells(String(count), decimals(score), decimals(right))
    }),
  ]
}

function mistakesOf(label: string, answers: readonly string[], counts: readonly number[]): string {
  return counts
    .map((count, i) => ({ count, answer: answers[i] }))
    .filter(({ count, answer }) => count > 0 && answer !== label)
    .sort((a, b) => b.count - a.count)
    .slice(0, NAMED)
    .map(({ count, answer }) => `${answer} ${count}`)
    .join(', ')
}

function decimals(value: number | null): string {
  return value === null ? '–' : value.toFixed(3)
}
