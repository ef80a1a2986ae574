import { basename } from 'node:path'
import type { FrontendDescription } from '../../frontend/index.ts'
import type { Evaluation, ScoredSet } from '../evaluation/index.ts'
import { floorInWords } from '../training/index.ts'
import type { TrainOptions } from './train-options.ts'

const LEARNED = {
  all: 'which was learned along with it',
  compression: 'of which the compression was learned along with it',
  nothing: 'which was left as it is',
}

/** Sentence for the card: what the model is and how it can be made again. */
export function describe(
  options: TrainOptions,
  description: FrontendDescription,
  step: number,
  weights: number,
): string {
  const { from, frontend, frontendFile, energyFloor, learn, ...others } = options
  const { teacher, teacherExamples, leaveOut, shippable, seed } = others
  const examples = step * options.batch
  const again =
    teacher !== undefined && examples > teacherExamples ? `, of which ${teacherExamples} differ` : ''
  const data = shippable ? ' on clips whose sources allow weights to be passed on' : ''
  const start = frontendFile === undefined ? `${frontend} frontend` : `frontend of ${basename(frontendFile)}`
  const features =
    from === undefined
      ? `on the features of the ${start}${floorInWords(description, energyFloor)}, ${LEARNED[learn]}`
      : `begun, as its frontend, from ${basename(from)}`
  const taught = teacher === undefined ? '' : `, beside the scores of ${basename(teacher)} for them`
  const apart = leaveOut.length > 0 ? ` This training learned nothing from ${leaveOut.join(', ')}.` : ''
  return [
    `Names sounds in windows of about a second; several can be heard at once.`,
    `A convolutional network of ${weights} weights ${features},`,
    `trained${data} with ${examples} augmented examples${again}${taught}, seed ${seed}.${apart}`,
    'Scores are sigmoid outputs.',
  ].join(' ')
}

/** Windows whose scores a model file carries. */
export const probesOf = ({ windows }: ScoredSet) => windows.slice(0, 3).map(([first]) => first)

/** The figures that the card shows. */
export function cardMetrics(
  test: Record<'clips' | 'withMixtures', Evaluation> & { readonly leftOut: Evaluation | undefined },
): Record<string, number> {
  const rounded = (value: number) => Math.round(value * 1000) / 1000
  return {
    'test accuracy, single label': rounded(test.clips.figures.accuracy),
    'test unweighted average recall': rounded(test.clips.figures.uar),
    'test macro F1': rounded(test.clips.figures.macroF1),
    'test mean average precision': rounded(test.clips.figures.meanAveragePrecision),
    'test mean average precision, with mixtures': rounded(test.withMixtures.figures.meanAveragePrecision),
    ...(test.leftOut && {
      'accuracy on sources left out': rounded(test.leftOut.figures.accuracy),
      'mean average precision on sources left out': rounded(test.leftOut.figures.meanAveragePrecision),
    }),
  }
}

/** Figures of the test clips, and per label, for people. */
export function table(clips: Evaluation, withMixtures: Evaluation): string {
  const { accuracy, uar, macroF1, meanAveragePrecision } = clips.figures
  return [
    `test: accuracy ${accuracy.toFixed(3)}, UAR ${uar.toFixed(3)}, macro F1 ${macroF1.toFixed(3)}, mAP ${meanAveragePrecision.toFixed(3)}`,
    `with mixtures: macro F1 ${withMixtures.figures.macroF1.toFixed(3)}, mAP ${withMixtures.figures.meanAveragePrecision.toFixed(3)}`,
    ...perLabel(clips),
    '',
  ].join('\n')
}

/** Figures of the clips of sources from which nothing was learned. */
export function leftOutTable(sources: readonly string[], leftOut: Evaluation): string {
  const { items, accuracy, uar, macroF1, meanAveragePrecision } = leftOut.figures
  return [
    `${items} clips of ${sources.join(', ')}, left out: accuracy ${accuracy.toFixed(3)}, UAR ${uar.toFixed(3)}, macro F1 ${macroF1.toFixed(3)}, mAP ${meanAveragePrecision.toFixed(3)}`,
    ...perLabel(leftOut),
    '',
  ].join('\n')
}

function perLabel({ perLabel: figures }: Evaluation): string[] {
  const percent = (value: number) => value.toFixed(3).padStart(9)
  return [
    `${'label'.padEnd(16)} clips   highest  avg.prec precision   recall        F1`,
    ...figures.map(({ label, items, recallOfHighest, averagePrecision, precision, recall, f1 }) =>
      [
        label.padEnd(16),
        String(items).padStart(5),
        ...[recallOfHighest, averagePrecision, precision, recall, f1].map(percent),
      ].join(' '),
    ),
  ]
}
