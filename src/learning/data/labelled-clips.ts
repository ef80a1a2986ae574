import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cellText } from '../../csv.ts'
import { dataError, readCsv } from './manifest.ts'

/** A clip and what is heard in it. */
export interface LabelledClip {
  readonly path: string
  /** Names, at least one. */
  readonly labels: readonly string[]
}

/**
 * Reads FOLDER/manifest.csv to measure by: columns `file`, `label` (several joined with |), and optionally `split`. Any
 * labels will do, and any splits.
 *
 * @param split whose clips; left out, those of `test` where there are any, else all
 * @throws LeafError `data-folder` naming the line
 */
export function readLabelledClips(folder: string, split?: string): LabelledClip[] {
  const path = join(folder, 'manifest.csv')
  if (!existsSync(path))
    throw dataError(
      `${resolve(folder)} holds no manifest.csv.`,
      'Give a folder with one line per clip in it: file, label.',
    )
  const records = readCsv(path)
  for (const column of ['file', 'label'])
    if (records.length > 0 && !Object.hasOwn(records[0], column))
      throw dataError(`${path} has no column "${column}".`, 'Its first line has to name file and label.')
  const wanted = split ?? (records.some((record) => record.split === 'test') ? 'test' : undefined)
  const chosen = records
    .map((record, i) => ({ record, line: i + 2 }))
    .filter(({ record }) => wanted === undefined || record.split === wanted)
  if (chosen.length === 0)
    throw dataError(
      `${path} has no clip${wanted === undefined ? '' : ` in the split "${wanted}"`}.`,
      'Choose another split, or add clips.',
    )
  return chosen.map(({ record, line }) => {
    const file = join(folder, record.file)
    const labels = cellText(record.label)
      .split('|')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    if (record.file === '' || !existsSync(file))
      throw dataError(
        `${path}, line ${line}, names "${record.file}", which is not there.`,
        'Correct the name or add the file.',
      )
    if (labels.length === 0) throw dataError(`${path}, line ${line}, has no label.`, 'Give the clip a label.')
    return { path: file, labels }
  })
}
