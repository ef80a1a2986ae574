import { LeafError } from '../../error.ts'
import { type FrontendDescription, startOf } from '../../frontend/index.ts'
import type { Model } from '../../model/index.ts'
import {
  type Clip,
  dataError,
  loadClips,
  type ManifestRow,
  readManifest,
  readUnlabelledClips,
  type Split,
} from '../data/index.ts'
import type { ScoredSet } from '../evaluation/index.ts'
import { ProgressBar } from '../node/index.ts'
import { withEnergyFloor } from '../training/index.ts'
import { clipSet, joinSets, mixtureSet, type WindowOptions } from './clip-sets.ts'
import { LiveFrontend } from './live-frontend.ts'
import type { TrainOptions } from './train-options.ts'

/** Almost a second at a hop of 10 ms; divisible by 16, which three poolings and the patches ask for. */
const WINDOW_FRAMES = 96
const HOP_FRAMES = 24

/** A folder of clips, decoded, with the frontend they will be seen through. */
export interface Dataset {
  readonly labels: readonly string[]
  /** `leftOut`: of the sources that are left out, whatever their split. */
  readonly clips: Readonly<Record<Split | 'leftOut', readonly Clip[]>>
  /** Recordings in which nobody has named anything. */
  readonly unlabelled: readonly Clip[]
  readonly description: FrontendDescription
  readonly frontend: LiveFrontend
  readonly window: WindowOptions
  /** Clips of the valid split and mixtures of them. */
  readonly valid: ScoredSet
}

/**
 * @param file whose frontend the clips are seen through, and from which the whole training begins with --from
 * @throws LeafError `data-folder` or `audio-file` naming the line or the file, `arguments` to begin from a model of other
 *   labels
 */
export async function loadDataset(options: TrainOptions, file?: Model): Promise<Dataset> {
  const { labels, rows: all } = readManifest(options.data)
  requireSources(options.leaveOut, all)
  const isLeftOut = ({ source }: ManifestRow) => options.leaveOut.includes(source)
  const rows = all.filter(
    (row) => row.split === 'test' || isLeftOut(row) || row.shippable || !options.shippable,
  )
  requireEveryLabel(
    labels,
    rows.filter((row) => !isLeftOut(row)),
  )
  const start = file ? file.frontend : startOf(options.frontend, options)
  if (file && options.from !== undefined && String(file.labels) !== String(labels))
    throw new LeafError(
      'arguments',
      `The model to begin from has the labels ${file.labels.join(', ')}, the folder ${labels.join(', ')}.`,
      'Begin from a model of the same labels, or without --from.',
    )
  const description = withEnergyFloor(start, options.energyFloor)
  const { sampleRate } = description
  const decoded = await decode(rows, sampleRate, options)
  const of = (split: Split) => decoded.filter(({ row }) => row.split === split && !isLeftOut(row))
  const clips = {
    ...{ train: of('train'), valid: of('valid'), test: of('test') },
    leftOut: decoded.filter(({ row }) => isLeftOut(row)),
  }
  const recordings = options.backgrounds === undefined ? [] : readUnlabelledClips(options.backgrounds)
  const unlabelled = await decode(
    recordings.filter(
      ({ source, shippable }) => !options.leaveOut.includes(source) && (shippable || !options.shippable),
    ),
    sampleRate,
    options,
  )
  const frontend = new LiveFrontend(description)
  const window = {
    sampleRate,
    windowFrames: WINDOW_FRAMES,
    hopFrames: HOP_FRAMES,
    labels,
    seed: options.seed,
  }
  const valid = withMixtures(clips.valid, frontend, window)
  return { labels, clips, unlabelled, description, frontend, window, valid }
}

async function decode(
  rows: readonly ManifestRow[],
  sampleRate: number,
  { cache }: TrainOptions,
): Promise<Clip[]> {
  const bar = new ProgressBar('decoding clips', rows.length)
  return loadClips(rows, sampleRate, cache, () => bar.advance()).finally(() => bar.stop())
}

/** Clips, and half as many mixtures of two. */
export function withMixtures(
  clips: readonly Clip[],
  frontend: LiveFrontend,
  window: WindowOptions,
): ScoredSet {
  return joinSets(clipSet(clips, frontend, window), mixtureSet(clips, frontend, window))
}

/** The same clips, seen through another frontend. */
export function seenThrough(description: FrontendDescription, dataset: Dataset): Dataset {
  const frontend = new LiveFrontend(description)
  return {
    ...dataset,
    description,
    frontend,
    valid: withMixtures(dataset.clips.valid, frontend, dataset.window),
  }
}

function requireSources(names: readonly string[], rows: readonly ManifestRow[]): void {
  const missing = names.find((name) => !rows.some(({ source }) => source === name))
  if (missing !== undefined)
    throw dataError(`No clip is of the source "${missing}".`, 'Name sources of the manifest by --leave-out.')
}

/** Leaving out what is not shippable, or some sources, must leave something to learn and something to choose by. */
function requireEveryLabel(labels: readonly string[], rows: readonly ManifestRow[]): void {
  const training = rows.filter(({ split }) => split === 'train')
  const missing = labels.find((_, label) => !training.some((row) => row.labels.includes(label)))
  if (missing !== undefined) {
    throw dataError(
      `No clip in train has the label "${missing}" among those that are learned from.`,
      'Add one, leave out --shippable, or leave out fewer sources.',
    )
  }
  if (!rows.some(({ split }) => split === 'valid')) {
    throw dataError(
      'No clip in valid is left to choose by.',
      'Add one, leave out --shippable, or leave out fewer sources.',
    )
  }
}
