import { compress, type PcenCompression } from '../../../src/frontend/index.ts'
import type { LabelledEnergies } from '../../../src/learning/adaptation/index.ts'
import {
  accuracy,
  averagePrecisions,
  confusion,
  type Figures,
  mean,
  recalls,
} from '../../../src/learning/evaluation/index.ts'
import { scoreWindows } from '../../../src/learning/network/index.ts'
import { softmax } from '../../../src/model/index.ts'
import type { OpenedModel } from './open-model.ts'

/** Clips as heard in a room, behind filters and pooling. */
export interface HeardSet {
  /** At least a window of frames each. */
  readonly heard: readonly LabelledEnergies[]
  /** Places of the labels that count. */
  readonly counted: readonly number[]
}

export type Measured = Pick<Figures, 'accuracy' | 'uar' | 'meanAveragePrecision'>

/** Measures a model behind some compression; the scores of a clip are the means over its windows, as everywhere. */
export function measure(
  model: OpenedModel,
  compression: PcenCompression,
  { heard, counted }: HeardSet,
): Measured {
  const pick = (values: Float32Array) => counted.map((place) => values[place])
  const targets = heard.map(({ target }) => pick(target))
  const scores = heard.map(({ energies }) => pick(scoresOf(model, windowsOf(energies, compression, model))))
  const counts = confusion(scores, targets)
  return {
    accuracy: accuracy(counts),
    uar: mean(recalls(counts)),
    meanAveragePrecision: mean(averagePrecisions(scores, targets)),
  }
}

/** All windows of a clip, the last one at its end. */
function windowsOf(
  energies: Float64Array,
  compression: PcenCompression,
  { frontend: { channels }, windowFrames, hopFrames }: OpenedModel,
): Float32Array[] {
  const features = Float32Array.from(compress(compression, energies, channels))
  const last = features.length / channels - windowFrames
  return Array.from({ length: Math.ceil(last / hopFrames) + 1 }, (_, i) => {
    const start = Math.min(i * hopFrames, last) * channels
    return features.slice(start, start + windowFrames * channels)
  })
}

/** Means over a clip's windows. */
function scoresOf({ classifier, isSoftmax }: OpenedModel, windows: readonly Float32Array[]): Float32Array {
  const scores = scoreWindows(classifier, windows)
  if (isSoftmax) for (const window of scores) softmax(window)
  return scores[0].map((_, label) => scores.reduce((sum, window) => sum + window[label], 0) / windows.length)
}
