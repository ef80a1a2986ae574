import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataError, type ManifestRow, readCsv } from '../../../../src/learning/data/index.ts'

/** Of the groups of train every so many is chosen by, where valid has no clip that may be learned from. */
const HELD_OUT = 5

/**
 * Ids of the sources in DATA/SOURCES.csv whose column `shippable_weights` is yes.
 *
 * @throws LeafError `data-folder` when there is no such file.
 */
export function shippableSources(data: string): ReadonlySet<string> {
  const path = join(data, 'SOURCES.csv')
  if (!existsSync(path)) {
    throw dataError(
      `There is no ${path} to say what may be learned from.`,
      'Add it with the columns id and shippable_weights, or leave out --shippable.',
    )
  }
  return new Set(readCsv(path).flatMap((row) => (row.shippable_weights === 'yes' ? [row.id] : [])))
}

/**
 * The rows that a model to be passed on is made with: of train and valid those from the given sources, and all of
 * test. Where nothing is left of valid, every fifth group of train stands in.
 *
 * @param labels all of the task
 * @throws LeafError `data-folder` naming a label that is left without a clip in train.
 */
export function shippableRows(
  rows: readonly ManifestRow[],
  sources: ReadonlySet<string>,
  task: string,
  labels: readonly string[],
): ManifestRow[] {
  const some = rows.filter(
    ({ split, source, shippable }) => split === 'test' || (shippable && sources.has(source)),
  )
  const kept = some.some(({ split }) => split === 'valid') ? some : withHeldOut(some)
  const missing = labels.find(
    (_, label) => !kept.some((row) => row.split === 'train' && row.labels.includes(label)),
  )
  if (missing !== undefined) {
    throw dataError(
      `No shippable clip in train of ${task} has the label "${missing}".`,
      'Leave the task out of --tasks, or leave out --shippable.',
    )
  }
  return kept
}

function withHeldOut(rows: readonly ManifestRow[]): ManifestRow[] {
  const training = rows.filter(({ split }) => split === 'train')
  const groups = [...new Set(training.map(({ group }) => group))].sort()
  const held = new Set(groups.filter((_, i) => i % HELD_OUT === 0))
  return rows.map((row) =>
    row.split === 'train' && held.has(row.group) ? { ...row, split: 'valid' as const } : row,
  )
}
