import { dataError, lineError, readClip, readRecords } from './manifest.ts'

/** A clip and what is heard in it. */
export interface LabelledClip {
  readonly path: string
  /** Names, at least one. */
  readonly labels: readonly string[]
}

/** Which clips of a folder. */
export interface ClipChoice {
  /** Whose; left out, those of `test` where there are any and no sources are named, else all. */
  readonly split?: string
  /** Ids in the column `source`; left out, all. */
  readonly sources?: readonly string[]
}

/**
 * Reads FOLDER/manifest.csv to measure by: columns `file`, `label` (several joined with |), and optionally `split`
 * and `source`. Any labels will do, and any splits.
 *
 * @throws LeafError `data-folder` naming the clip
 */
export function readLabelledClips(folder: string, { split, sources }: ClipChoice = {}): LabelledClip[] {
  const { path, records } = readRecords(folder, ['file', 'label'])
  const missing = sources?.find((source) => !records.some((record) => record.source === source))
  if (missing !== undefined)
    throw dataError(
      `${path} has no clip of the source "${missing}".`,
      'Name sources that are in its column source.',
    )
  const isTested = !sources && records.some((record) => record.split === 'test')
  const wanted = split ?? (isTested ? 'test' : undefined)
  const clips = records.flatMap((record, i) => {
    if (wanted !== undefined && record.split !== wanted) return []
    if (sources && !sources.includes(record.source)) return []
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
