import { clipPath, dataError, lineError, type ManifestRow, readRecords } from './manifest.ts'

/**
 * Reads FOLDER/manifest.csv of recordings in which nobody has named anything: column `file`, and optionally `split`,
 * `group`, `source`, `shippable`. Those of the train split; all, where there are no splits.
 *
 * @throws LeafError `data-folder` naming the line
 */
export function readUnlabelledClips(folder: string): ManifestRow[] {
  const { path, records } = readRecords(folder, ['file'])
  const rows = records.flatMap((record, i): ManifestRow[] => {
    const { file, split = 'train', group, source = '', shippable } = record
    if (split !== 'train') return []
    const clip = clipPath(file, folder, (what, remedy) => lineError(path, i, what, remedy))
    return [
      { file, path: clip, labels: [], split, group: group || file, source, shippable: shippable !== 'no' },
    ]
  })
  if (rows.length === 0) throw dataError(`${path} has no clip in the split "train".`, 'Add one.')
  return rows
}
