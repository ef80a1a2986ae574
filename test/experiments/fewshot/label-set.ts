import { basename, resolve } from 'node:path'
import { dataError, type ManifestRow, readManifest } from '../../../src/learning/data/index.ts'
import { type Random, shuffled, streams } from '../../../src/learning/random/index.ts'
import type { FewshotOptions } from './options.ts'

/** Clips of some classes, each with one label: to draw from, and to measure on. No group is in both. */
export interface LabelSet {
  readonly name: string
  readonly labels: readonly string[]
  /** By label. */
  readonly train: readonly (readonly ManifestRow[])[]
  readonly measured: readonly (readonly ManifestRow[])[]
}

/** @throws LeafError `data-folder` for a group that is in both splits, or a label without clips in one of them */
export function openLabelSet(
  folder: string,
  { split, clips }: Pick<FewshotOptions, 'split' | 'clips'>,
): LabelSet {
  const { labels, rows } = readManifest(folder)
  const ofLabel = (part: ManifestRow['split']) =>
    labels.map((label, place) => {
      const own = rows.filter(
        (row) => row.split === part && row.labels.length === 1 && row.labels[0] === place,
      )
      if (own.length === 0)
        throw dataError(`${folder} has no clip of "${label}" alone in ${part}.`, 'Leave that label out.')
      return own
    })
  const train = ofLabel('train')
  const measured = ofLabel(split).map((own, label) =>
    shuffled(own, streams.fewshotMeasured(label)).slice(0, clips),
  )
  const groups = new Set(train.flat().map(({ group }) => group))
  const leaked = measured.flat().find(({ group }) => groups.has(group))
  if (leaked)
    throw dataError(
      `${folder} has the group "${leaked.group}" in train and in ${split}.`,
      'Give every group to one split.',
    )
  return { name: basename(resolve(folder)), labels, train, measured }
}

/** Some clips by chance, as few of one group as can be: what somebody who records examples would do. */
export function drawClips(clips: readonly ManifestRow[], count: number, random: Random): ManifestRow[] {
  const groups = new Map<string, ManifestRow[]>()
  for (const clip of shuffled(clips, random))
    groups.set(clip.group, [...(groups.get(clip.group) ?? []), clip])
  const drawn: ManifestRow[] = []
  for (let turn = 0; drawn.length < Math.min(count, clips.length); turn++)
    for (const own of shuffled([...groups.values()], random)) drawn.push(...own.slice(turn, turn + 1))
  return drawn.slice(0, count)
}
