import type { LayersModel } from '@tensorflow/tfjs-layers'
import { accuracy, averagePrecisions, confusion, detections, mean, recalls } from './measures.ts'
import { type ScoredSet, scoreSet } from './scoring.ts'

/** Figures of one set of items. */
export interface Figures {
  readonly items: number
  /** Highest score against the label, of the items with one label. */
  readonly accuracy: number
  /** Unweighted average recall: the mean over labels, of the items with one label. */
  readonly uar: number
  readonly meanAveragePrecision: number
  /** Mean over labels of F1 at the thresholds. */
  readonly macroF1: number
}

/** Figures of one label. */
export interface LabelFigures {
  readonly label: string
  /** Score from which the label counts as heard. */
  readonly threshold: number
  readonly items: number
  /** Of its items with no other label: share whose highest score is this label. */
  readonly recallOfHighest: number
  readonly averagePrecision: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export interface Evaluation {
  readonly figures: Figures
  readonly perLabel: readonly LabelFigures[]
  /** [true label][answer], of the items with one label. */
  readonly confusion: readonly (readonly number[])[]
}

/** Labels without items are left out of every mean, and their own figures are null in JSON. */
export function evaluate(
  model: LayersModel,
  set: ScoredSet,
  labels: readonly string[],
  thresholds: readonly number[],
): Evaluation {
  const { targets } = set
  const scores = scoreSet(model, set)
  const counts = confusion(scores, targets)
  const recall = recalls(counts)
  const precisions = averagePrecisions(scores, targets)
  const found = detections(scores, targets, thresholds)
  const items = labels.map((_, label) => targets.reduce((sum, target) => sum + target[label], 0))
  return {
    figures: {
      items: targets.length,
      accuracy: accuracy(counts),
      uar: mean(recall),
      meanAveragePrecision: mean(precisions),
      macroF1: mean(found.filter((_, label) => items[label] > 0).map(({ f1 }) => f1)),
    },
    perLabel: labels.map((label, i) => ({
      label,
      threshold: thresholds[i],
      items: items[i],
      recallOfHighest: recall[i],
      averagePrecision: precisions[i],
      ...found[i],
    })),
    confusion: counts,
  }
}
