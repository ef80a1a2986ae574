import type { Trial } from './trial.ts'

const COLUMNS = ['browser', 'page', 'transport', 'backend', 'first frame', 'features', 'events of the clip']

/** The trials as a table for a terminal, and in Markdown. */
export function table(trials: readonly Trial[]): string {
  const rows = [COLUMNS, ...trials.map(cells)]
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return lines.toSpliced(1, 0, rule).join('\n')
}

/** What a browser lacked and what it did in place of it. */
export function fallbacks({ isolated, sharedMemory, transport, choice }: Trial): string[] {
  const passedOver = choice.attempts.filter(({ accepted }) => !accepted)
  const backends = passedOver.map(
    ({ backend, reason }) => `no ${backend} (${reason}): classifier on ${choice.backend}`,
  )
  if (sharedMemory) return backends
  const why = isolated ? 'the browser has none' : 'the page is not isolated'
  return [`no shared memory (${why}): frames over ${transport}`, ...backends]
}

function cells({ version, isolated, transport, choice, firstFrameMs, difference, events }: Trial): string[] {
  return [
    version,
    isolated ? 'isolated' : 'plain',
    transport,
    choice.backend,
    `${Math.round(firstFrameMs)} ms`,
    difference === 0 ? 'the same bits' : `off by ${difference.toPrecision(2)}`,
    events.join(', '),
  ]
}
