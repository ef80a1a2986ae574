import { dataError, lineError, readClip, readRecords } from './manifest.ts'

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
 * @throws LeafError `data-folder` naming the clip
 */
export function readLabelledClips(folder: string, split?: string): LabelledClip[] {
  const { path, records } = readRecords(folder, ['file', 'label'])
  const wanted = split ?? (records.some((record) => record.split === 'test') ? 'test' : undefined)
  const clips = records.flatMap((record, i) => {
    if (wanted !== undefined && record.split !== wanted) return []
    const clip = readClip(record, folder, (what, remedy) => lineError(path, i, what, remedy))
    return [{ path: clip.path, labels: clip.names.map((name) => name.trim()) }]
  })
  if (clips.length === 0)
    throw dataError(
      `${path} has no clip${wanted === undefined ? '' : ` in the split "${wanted}"`}.`,
      'Choose another split, or add clips.',
    )
  return clips
}
