import { basename, dirname, join, resolve } from 'node:path'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { print } from '../../files/index.ts'
import { withLabelFigures } from '../../model/index.ts'
import type { Sources } from '../data/index.ts'
import { bestThresholds, evaluate, type ScoredSet, scoreSet } from '../evaluation/index.ts'
import { exportModel, roundKernels } from '../network/index.ts'
import { writeWhole } from '../node/index.ts'
import { clipSet } from './clip-sets.ts'
import { confusionPicture } from './confusion-picture.ts'
import { type Dataset, withMixtures } from './dataset.ts'
import { cardMetrics, describe, leftOutTable, probesOf, table } from './report.ts'
import type { TrainOptions } from './train-options.ts'

/** Items of a label on valid below which it does not choose its own threshold. */
const LEAST_ITEMS = 5

/** Measures a trained model; writes the model file, metrics.json, confusion.svg, and the table to standard output. */
export function writeResults(
  model: LayersModel,
  dataset: Dataset,
  options: TrainOptions,
  step: number,
  sources: Sources,
): void {
  const { labels, clips, frontend, window, valid } = dataset
  roundKernels(model)
  const thresholds = bestThresholds(scoreSet(model, valid), valid.targets, LEAST_ITEMS)
  const measured = (set: ScoredSet) => evaluate(model, set, labels, thresholds)
  const shippable = clips.test.filter(({ row }) => row.shippable)
  const test = {
    clips: measured(clipSet(clips.test, frontend, window)),
    shippable: shippable.length > 0 ? measured(clipSet(shippable, frontend, window)) : undefined,
    withMixtures: measured(withMixtures(clips.test, frontend, window)),
  }
  const leftOut = clips.leftOut.length > 0 ? measured(clipSet(clips.leftOut, frontend, window)) : undefined
  const bytes = exportModel(model, {
    ...window,
    frontend: dataset.description,
    thresholds,
    probes: probesOf(valid),
    card: withLabelFigures(
      {
        name: options.name ?? basename(resolve(options.data)),
        description: `${describe(options, dataset.description, step, model.countParams())} Thresholds were chosen on the valid split.`,
        ...sources,
        metrics: cardMetrics({ ...test, leftOut }),
      },
      labels,
      test.clips.perLabel,
    ),
  })
  const metrics = {
    options: {
      from: options.from && basename(options.from),
      frontend: options.frontendFile ? basename(options.frontendFile) : options.frontend,
      energyFloor: dataset.description.energyFloor,
      learn: options.learn,
      teacher: options.teacher && basename(options.teacher),
      teacherExamples: options.teacher && options.teacherExamples,
      backgrounds: options.backgrounds && basename(options.backgrounds),
      leaveOut: options.leaveOut,
      shippable: options.shippable,
      filters: options.filters,
      steps: options.steps,
      batch: options.batch,
      rate: options.rate,
      frontendRate: options.frontendRate,
      seed: options.seed,
    },
    bestStep: step,
    weights: model.countParams(),
    bytes: bytes.length,
    clips: {
      ...{ train: clips.train.length, valid: clips.valid.length, test: clips.test.length },
      ...{ leftOut: clips.leftOut.length, unlabelled: dataset.unlabelled.length },
    },
    valid: measured(valid).figures,
    test: {
      clips: test.clips.figures,
      shippable: test.shippable?.figures,
      withMixtures: test.withMixtures.figures,
      leftOut: leftOut?.figures,
    },
    perLabel: test.clips.perLabel,
    confusion: test.clips.confusion,
  }
  const folder = options.results ?? dirname(options.out)
  writeWhole(options.out, bytes)
  writeWhole(join(folder, 'metrics.json'), `${JSON.stringify(metrics, null, 2)}\n`)
  writeWhole(join(folder, 'confusion.svg'), confusionPicture(test.clips.confusion, labels))
  print(table(test.clips, test.withMixtures))
  if (leftOut) print(leftOutTable(options.leaveOut, leftOut))
}
