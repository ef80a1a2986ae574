import { describeSources } from '../../../../src/learning/data/index.ts'
import { floorInWords } from '../../../../src/learning/training/index.ts'
import type { Card } from '../../../../src/model/index.ts'
import type { RunRecord, TaskRecord, TogetherRecord } from '../design/run-record.ts'
import { frontendOf } from '../design/systems.ts'
import type { TrainedTasks } from './train-tasks.ts'

/** The card of a model with a head for each task. @param data the folder that was learned from */
export function taskCard(
  trained: TrainedTasks,
  record: RunRecord | TogetherRecord,
  { name, data }: { readonly name: string; readonly data: string },
): Card {
  const learned = trained.tasks.flatMap(({ clips }) => [...clips.train, ...clips.valid])
  return {
    name,
    description: describe(trained, record),
    ...describeSources(
      data,
      learned.map(({ clip }) => clip.row),
    ),
    metrics: Object.fromEntries(
      ('tasks' in record ? record.tasks : [record]).flatMap((task) => metricsOf(task)),
    ),
  }
}

function describe({ run, heads, settings }: TrainedTasks, { bestStep, weights, parameters }: TrainingFacts) {
  const questions = heads.map(({ name, labels }) => `${name} (${labels} labels)`).join(', ')
  const data = run.shippable ? ' on clips whose sources allow weights to be passed on' : ''
  const shares = heads.length > 1 ? ', the same share of them for each head' : ''
  const floor = floorInWords(frontendOf(run.system), settings.energyFloor)
  const frontend = parameters.length > 0 ? ', which was learned along with it' : ''
  return [
    `Answers for windows of about a second: ${questions}; of each head one label holds.`,
    `A convolutional network of ${weights} weights on the features of the ${run.system} frontend${floor}${frontend},`,
    `trained${data} with ${bestStep * settings.batch} random seconds${shares}, seed ${run.seed}.`,
    'Scores are a softmax of each head, thresholds were chosen on the valid split.',
  ].join(' ')
}

type TrainingFacts = Pick<RunRecord, 'bestStep' | 'weights' | 'parameters'>

function metricsOf({ task, test }: TaskRecord): [string, number][] {
  return test.map(({ gainDb, accuracy }) => [
    `${task}, test accuracy${gainDb === 0 ? '' : ` at ${gainDb} dB`}`,
    Math.round(accuracy * 1000) / 1000,
  ])
}
