import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { cellText, csvColumns, csvText } from '../../csv.ts'
import { LeafError } from '../../error.ts'
import { nameKey } from '../../events/index.ts'
import { systemError } from '../../files/index.ts'

export const SPLITS = ['train', 'valid', 'test'] as const
export type Split = (typeof SPLITS)[number]

/** One clip as the manifest describes it. */
export interface ManifestRow {
  /** As written in the manifest. */
  readonly file: string
  readonly path: string
  /** Places of its labels in the manifest's list of labels. */
  readonly labels: readonly number[]
  readonly split: Split
  /** What must not leak between splits; the file itself where the manifest has no such column. */
  readonly group: string
  /** Id of the collection it comes from; empty where the manifest has no such column. */
  readonly source: string
  /** False where the column `shippable` says that no weights trained on it may be passed on. */
  readonly shippable: boolean
}

export interface Manifest {
  readonly folder: string
  /** All labels of the train split, sorted; what differs by case, unseen characters or Unicode form only is one. */
  readonly labels: readonly string[]
  readonly rows: readonly ManifestRow[]
}

/**
 * Reads FOLDER/manifest.csv: columns `file`, `label` (several joined with |), `split` (train, valid, test), and
 * optionally `group`, `source`, `shippable` (yes or no); other columns are ignored.
 *
 * @throws LeafError `data-folder` naming the line and what is wrong with it.
 */
export function readManifest(folder: string): Manifest {
  const { path, records } = readRecords(folder, ['file', 'label', 'split'])
  const labels = labelsOf(records)
  const places = new Map(labels.map((label, place) => [nameKey(label), place]))
  const rows = records.map((record, i) =>
    readRow(record, folder, places, (what, remedy) => lineError(path, i, what, remedy)),
  )
  for (const split of SPLITS) {
    if (!rows.some((row) => row.split === split)) {
      throw dataError(`${path} has no clip in the split "${split}".`, 'Give every split at least one clip.')
    }
  }
  if (labels.length < 2) throw dataError(`${path} has fewer than two labels.`, 'Name at least two.')
  return { folder, labels, rows }
}

/**
 * The lines of FOLDER/manifest.csv by the names in its first one.
 *
 * @param columns that it has to have
 * @throws LeafError `data-folder`
 */
export function readRecords(
  folder: string,
  columns: readonly string[],
): { readonly path: string; readonly records: readonly Record<string, string>[] } {
  const path = join(folder, 'manifest.csv')
  if (!existsSync(path)) {
    throw dataError(
      `${resolve(folder)} holds no manifest.csv.`,
      'Give a folder with one line per clip in it.',
    )
  }
  const records = readCsv(path)
  const missing = records.length > 0 && columns.find((column) => !Object.hasOwn(records[0], column))
  if (missing) {
    throw dataError(
      `${path} has no column "${missing}".`,
      `Its first line has to name ${columns.join(', ').replace(/, (\w+)$/, ' and $1')}.`,
    )
  }
  return { path, records }
}

type CellError = (what: string, remedy: string) => LeafError

/** Where a line's clip lies, and the names of what is heard in it. @throws what `error` makes of a line without them */
export function readClip(
  { file, label }: Record<string, string>,
  folder: string,
  error: CellError,
): { readonly path: string; readonly names: readonly string[] } {
  const path = clipPath(file, folder, error)
  const names = namesIn(label)
  if (names.length === 0) throw error('has no label', 'Give the clip a label.')
  return { path, names }
}

/** @throws what `error` makes of a file that is not there */
export function clipPath(file: string, folder: string, error: CellError): string {
  const path = join(folder, file)
  if (file === '' || !existsSync(path))
    throw error(`names "${file}", which is not there`, 'Correct the name or add the file.')
  return path
}

function readRow(
  record: Record<string, string>,
  folder: string,
  known: ReadonlyMap<string, number>,
  error: CellError,
): ManifestRow {
  const { file, split, shippable } = record
  const { path, names } = readClip(record, folder, error)
  const places = [...new Set(names.map((name) => known.get(nameKey(name)) ?? -1))]
  const unknown = names.find((name) => !known.has(nameKey(name)))
  if (unknown !== undefined) {
    throw error(
      `has the label "${unknown}", which no clip in train has`,
      'Correct the label or add clips to train.',
    )
  }
  if (!SPLITS.includes(split as Split)) throw error(`has the split "${split}"`, `Use ${SPLITS.join(', ')}.`)
  return {
    file,
    path,
    labels: places,
    split: split as Split,
    group: record.group || file,
    source: record.source ?? '',
    shippable: shippable !== 'no',
  }
}

const namesIn = (cell: string) =>
  cellText(cell)
    .split('|')
    .filter((name) => nameKey(name) !== '')

/** Names that people take for one are one: as it is written first. */
function labelsOf(records: readonly Record<string, string>[]): string[] {
  const labels = new Map<string, string>()
  for (const { split, label } of records) {
    if (split !== 'train') continue
    for (const name of namesIn(label)) if (!labels.has(nameKey(name))) labels.set(nameKey(name), name)
  }
  return [...labels.values()].sort()
}

export function lineError(path: string, index: number, what: string, remedy: string): LeafError {
  return dataError(`${path}, clip ${index + 1} ${what}.`, remedy)
}

/** Lines of a CSV file by the names in its first line. @throws LeafError `data-folder` naming the line. */
export function readCsv(path: string): Record<string, string>[] {
  const bytes = bytesOf(path)
  try {
    // Lists that grew in several editors end their lines in several ways.
    const endings = { record_delimiter: ['\r\n', '\n', '\r'] }
    return parse(csvText(bytes), { ...endings, bom: true, columns: csvColumns, skip_empty_lines: true })
  } catch (cause) {
    throw dataError(
      `${path}: ${(cause as Error).message}.`,
      'Mend the line, quote cells that hold commas, or save it as CSV in UTF-8.',
      { cause },
    )
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw systemError(error, 'data-folder', `${path} cannot be read`)
  }
}

export function dataError(sentence: string, remedy: string, options?: ErrorOptions): LeafError {
  return new LeafError('data-folder', sentence, remedy, options)
}
