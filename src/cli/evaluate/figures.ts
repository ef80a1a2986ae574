import {
  accuracy,
  averagePrecisions,
  calibrationError,
  confusion,
  detections,
  mean,
  recalls,
  reliability,
} from '../../learning/evaluation/index.ts'
import type { Answers } from './answers.ts'

/** Figures of one label. A figure that nothing is known of is null. */
export interface LabelFigures {
  readonly label: string
  readonly clips: number
  /** Of its clips with no other label: share whose highest score is this label. */
  readonly recallOfHighest: number | null
  readonly averagePrecision: number
  /** "The score reaches the model's threshold." */
  readonly precision: number | null
  readonly recall: number
  readonly f1: number
}

/** Whether what scores say is so, over all clips and the answers that some clip has. */
export interface Calibration {
  /** Of the scores from `from` to `to`: how many, their mean, and the share that is right. */
  readonly bins: readonly {
    readonly from: number
    readonly to: number
    readonly count: number
    readonly score: number | null
    readonly right: number | null
  }[]
  /** Expected calibration error: mean distance between the two, of all scores and of those of a half and more. */
  readonly error: number
  readonly errorOfHalfAndMore: number | null
}

/** How well a model names the clips of a folder. */
export interface FolderFigures {
  readonly clips: number
  /** Highest score among all answers against the label, of clips with one label; null where there are none. */
  readonly accuracy: number | null
  /** The same with the answers that some clip has. */
  readonly accuracyAmongItsLabels: number | null
  readonly meanRecall: number | null
  readonly meanAveragePrecision: number
  readonly macroF1: number
  readonly calibration: Calibration
  readonly perLabel: readonly LabelFigures[]
  /** Rows of the labels in `perLabel`: clips with that label alone, by the answer with the highest score. */
  readonly confusion: { readonly answers: readonly string[]; readonly counts: readonly (readonly number[])[] }
}

/**
 * @param scores per clip one for each answer
 * @param margins per clip and answer how far its score is above the model's threshold, below 0 where it is not
 */
export function figuresOf(
  { labels, asked, clips }: Answers,
  scores: readonly Float32Array[],
  margins: readonly Float32Array[],
): FolderFigures {
  const targets = clips.map((clip) => Float32Array.from(labels, (_, i) => Number(clip.labels.includes(i))))
  const some = (rows: readonly Float32Array[]) => rows.map((row) => Float32Array.from(asked, (i) => row[i]))
  const all = confusion(scores, targets)
  const counts = asked.map((label) => all[label])
  const recall = recalls(all)
  const precisions = averagePrecisions(some(scores), some(targets))
  const found = detections(
    some(margins),
    some(targets),
    asked.map(() => 0),
  )
  return {
    clips: clips.length,
    accuracy: known(accuracy(all)),
    accuracyAmongItsLabels: known(accuracy(confusion(some(scores), some(targets)))),
    meanRecall: known(mean(asked.map((label) => recall[label]))),
    meanAveragePrecision: mean(precisions),
    macroF1: mean(found.map(({ f1 }) => f1)),
    calibration: calibrationOf(some(scores), some(targets)),
    perLabel: asked.map((label, i) => ({
      label: labels[label],
      clips: targets.reduce((sum, target) => sum + target[label], 0),
      recallOfHighest: known(recall[label]),
      averagePrecision: precisions[i],
      precision: known(found[i].precision),
      recall: found[i].recall,
      f1: found[i].f1,
    })),
    confusion: { answers: labels, counts },
  }
}

function calibrationOf(scores: readonly Float32Array[], targets: readonly Float32Array[]): Calibration {
  const bins = reliability(scores, targets)
  return {
    bins: bins.map((bin) => ({ ...bin, score: known(bin.score), right: known(bin.right) })),
    error: calibrationError(bins),
    errorOfHalfAndMore: known(calibrationError(bins.filter(({ from }) => from >= 0.5))),
  }
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
