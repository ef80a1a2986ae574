import type { Clipped, ImportedFrontend } from '../model/index.ts'

/** Where a frontend came from and what was done to it: a name and a text for each line. */
export function importReport(imported: ImportedFrontend): [string, string][] {
  const { library, layout, container, prefix, tensors, clipped, notes } = imported
  const under = prefix ? ` under "${prefix}"` : ''
  const others = tensors.others > 0 ? `, ${tensors.others} of other things` : ''
  return [
    ['weights of', `${library} (layout ${layout}): ${container}, ${tensors.used} tensors${under}${others}`],
    ['sizes', 'not in the file: as given, or else 16000 Hz and windows of 25 ms every 10 ms'],
    ...clipped.map((what): [string, string] => ['beyond bounds', clippedText(what)]),
    ...notes.map((note): [string, string] => ['note', note]),
  ]
}

function clippedText({ parameter, channels, bounds, asInLibrary }: Clipped): string {
  const { min, max } = bounds
  const limits = [
    min > -Number.MAX_VALUE && `at least ${short(min)}`,
    max < Number.MAX_VALUE && `at most ${short(max)}`,
  ]
  const how = asInLibrary
    ? 'set to the bound, as the library does whenever it computes'
    : 'set to the bound, which the library does not: features of these channels differ'
  const where = `${channels.length} ${channels.length === 1 ? 'channel' : 'channels'} (${channels.join(', ')})`
  return `${parameter} (${limits.filter(Boolean).join(', ')}) in ${where}: ${how}`
}

function short(value: number): string {
  return `${Number(value.toPrecision(6))}`
}

/** Lines of a report, their texts one under the other. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}\n`).join('')
}
