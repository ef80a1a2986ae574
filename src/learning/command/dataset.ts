import { type FrontendDescription, preset } from '../../frontend/index.ts'
import { type Clip, dataError, loadClips, type ManifestRow, readManifest, type Split } from '../data/index.ts'
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
  readonly clips: Readonly<Record<Split, readonly Clip[]>>
  readonly description: FrontendDescription
  readonly frontend: LiveFrontend
  readonly window: WindowOptions
  /** Clips of the valid split and mixtures of them. */
  readonly valid: ScoredSet
}

/** @throws LeafError `data-folder` or `audio-file` naming the line or the file. */
export async function loadDataset(options: TrainOptions): Promise<Dataset> {
  const { labels, rows: all } = readManifest(options.data)
  const rows = options.shippable ? all.filter(({ split, shippable }) => split === 'test' || shippable) : all
  requireEveryLabel(labels, rows)
  const description = withEnergyFloor(preset(options.frontend), options.energyFloor)
  const { sampleRate } = description
  const bar = new ProgressBar('decoding clips', rows.length)
  const decoded = await loadClips(rows, sampleRate, options.cache, () => bar.advance()).finally(() =>
    bar.stop(),
  )
  const of = (split: Split) => decoded.filter(({ row }) => row.split === split)
  const clips = { train: of('train'), valid: of('valid'), test: of('test') }
  const frontend = new LiveFrontend(description)
  const window = {
    sampleRate,
    windowFrames: WINDOW_FRAMES,
    hopFrames: HOP_FRAMES,
    labels,
    seed: options.seed,
  }
  return { labels, clips, description, frontend, window, valid: withMixtures(clips.valid, frontend, window) }
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

/** Leaving out what is not shippable must leave something to learn and something to choose by. */
function requireEveryLabel(labels: readonly string[], rows: readonly ManifestRow[]): void {
  const training = rows.filter(({ split }) => split === 'train')
  const missing = labels.find((_, label) => !training.some((row) => row.labels.includes(label)))
  if (missing !== undefined) {
    throw dataError(
      `No shippable clip in train has the label "${missing}".`,
      'Add one, or leave out --shippable.',
    )
  }
  if (!rows.some(({ split }) => split === 'valid')) {
    throw dataError('No clip in valid is shippable.', 'Add one, or leave out --shippable.')
  }
}
