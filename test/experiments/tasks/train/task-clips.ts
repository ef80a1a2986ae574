import { join } from 'node:path'
import {
  type Clip,
  loadClips,
  readManifest,
  type Split,
  soundOf,
} from '../../../../src/learning/data/index.ts'
import { ProgressBar } from '../../../../src/learning/node/index.ts'
import { decibels, loudness } from '../../../../src/learning/sound/index.ts'
import type { Condition, Task } from '../design/names.ts'
import { shippableRows, shippableSources } from './shippable.ts'

/** A clip with one label. */
export interface TaskClip {
  readonly clip: Clip
  /** Place in the list of labels. */
  readonly label: number
  /** Factor that brings it to the condition's level. */
  readonly gain: number
}

export interface TaskClips {
  readonly task: Task
  readonly labels: readonly string[]
  readonly clips: Readonly<Record<Split, readonly TaskClip[]>>
}

export interface LoadOptions {
  /** Folder that holds those of the tasks. */
  readonly data: string
  /** Where decoded clips are kept. */
  readonly cache: string
  readonly condition: Condition
  /** Hz */
  readonly sampleRate: number
  /** Whether only clips are learned from whose sources allow weights to be passed on. */
  readonly shippable: boolean
}

/** Level of every clip where clips are levelled, dBFS: the loudest quarter of a second. */
const LEVEL = -20

/** @throws LeafError `data-folder` or `audio-file` */
export async function loadTask(
  task: Task,
  { data, cache, condition, sampleRate, shippable }: LoadOptions,
): Promise<TaskClips> {
  const { labels, rows } = readManifest(join(data, task))
  const wanted = shippable ? shippableRows(rows, shippableSources(data), task, labels) : rows
  const bar = new ProgressBar(`decoding ${task}`, rows.length)
  const decoded = await loadClips(rows, sampleRate, cache, () => bar.advance()).finally(() => bar.stop())
  // All are decoded, so that the cache is the same for both.
  const byPath = new Map(decoded.map(({ row, samples }) => [row.path, samples]))
  const clips = wanted.map((row) => ({ row, samples: byPath.get(row.path)! }))
  const levelled = clips.map((clip) => ({
    clip,
    label: clip.row.labels[0],
    gain: condition === 'levelled' ? decibels(LEVEL) / (loudness(soundOf(clip), sampleRate) || 1) : 1,
  }))
  const of = (split: Split) => levelled.filter(({ clip }) => clip.row.split === split)
  return { task, labels, clips: { train: of('train'), valid: of('valid'), test: of('test') } }
}
