import { basename, extname } from 'node:path'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Sources } from '../data/index.ts'
import { exportModel, roundKernels } from '../network/index.ts'
import { writeWhole } from '../node/index.ts'
import type { Dataset } from './dataset.ts'
import { describe, probesOf } from './report.ts'
import type { TrainOptions } from './train-options.ts'

/** Where a label counts as heard, as in an import of YAMNet: a label of the teacher's has no clips to choose by. */
const THRESHOLD = 0.5

export interface StudentParts {
  /** The teacher's. */
  readonly labels: readonly string[]
  readonly dataset: Dataset
  readonly options: TrainOptions
  readonly step: number
  readonly sources: Sources
}

/** Writes the model that has learned a teacher's own labels from its scores; `npm run agreement` measures it. */
export function writeStudent(model: LayersModel, path: string, parts: StudentParts): void {
  const { labels, dataset, options, step, sources } = parts
  roundKernels(model)
  const bytes = exportModel(model, {
    ...dataset.window,
    frontend: dataset.description,
    labels,
    thresholds: labels.map(() => THRESHOLD),
    probes: probesOf(dataset.valid),
    card: {
      name: basename(path, extname(path)),
      description: `${describe(options, dataset.description, step, model.countParams())} Its labels are the teacher's, learned from the scores alone; thresholds are ${THRESHOLD}.`,
      ...sources,
      metrics: {},
    },
  })
  writeWhole(path, bytes)
}
