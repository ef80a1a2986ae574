import type { LayersModel } from '@tensorflow/tfjs-layers'
import { scoreWindows } from '../network/index.ts'

/** Clips, or mixtures of two, as windows of features. */
export interface ScoredSet {
  /** Per item: 1 for each of its labels, else 0. */
  readonly targets: readonly Float32Array[]
  /** Per item: its windows, each [windowFrames, channels]. */
  readonly windows: readonly (readonly Float32Array[])[]
}

const BATCH = 64

/** Scores of the items, each the mean over its windows; 0 to 1 per label. */
export function scoreSet(model: LayersModel, { windows }: ScoredSet): Float32Array[] {
  const all = windows.flat()
  const scores: Float32Array[] = []
  for (let start = 0; start < all.length; start += BATCH) {
    scores.push(...scoreWindows(model, all.slice(start, start + BATCH)))
  }
  let next = 0
  return windows.map(({ length }) => {
    const own = scores.slice(next, next + length)
    next += length
    return own[0].map((_, label) => own.reduce((sum, window) => sum + window[label], 0) / length)
  })
}
