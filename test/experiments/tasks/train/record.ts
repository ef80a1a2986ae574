import type { HeadPlace } from '../../../../src/model/index.ts'
import { grouping, written } from '../design/answers.ts'
import { TEST_GAINS } from '../design/names.ts'
import type { RunRecord, TaskRecord, TogetherRecord, TrainingRecord } from '../design/run-record.ts'
import { narrowChanceOf, settingsOf } from '../design/settings.ts'
import { averaged, isRight, measured } from './examiner.ts'
import { parameterRecords, parameterValues } from './parameter-records.ts'
import type { TrainedTasks } from './train-tasks.ts'

/** Measures what was trained on the test clips, and tells all of the run. */
export function recordOf(trained: TrainedTasks): RunRecord | TogetherRecord {
  const { run, settings, places } = trained
  const tasks = places.map((head, i) => taskRecord(trained, i, head))
  const training = trainingRecord(trained)
  if (!run.together) {
    const [record] = tasks
    return { ...record, ...training, settings: settingsOf(record.task, settings) }
  }
  return {
    type: 'together',
    ...training,
    settings,
    tasks: tasks.map((record) => ({ ...record, narrowChance: narrowChanceOf(record.task) })),
    valid: averaged(tasks.map(({ valid }) => valid)),
  }
}

function taskRecord({ run, tasks, examiner }: TrainedTasks, i: number, head: HeadPlace): TaskRecord {
  const { task, labels, clips } = tasks[i]
  const groups = grouping(clips.test.map(({ clip }) => clip.row.group))
  return {
    task,
    clips: { train: clips.train.length, valid: clips.valid.length, test: clips.test.length },
    labels: labels.length,
    chance: 1 / labels.length,
    majority: largestShare(clips.test.map(({ label }) => label)),
    test: TEST_GAINS[run.condition].map((gainDb) => {
      const logits = examiner.logits(clips.test, head, gainDb)
      const answers = clips.test.map(({ label }, i) => isRight(logits[i], label))
      const right = written(groups.flat().map((place) => answers[place]))
      return { gainDb, ...measured(logits, clips.test), right }
    }),
    groups: groups.map(({ length }) => length),
    valid: examiner.measure(clips.valid, head, 0),
  }
}

function trainingRecord(trained: TrainedTasks): TrainingRecord {
  const { run, frontend, initial, model, learned, began } = trained
  const { secondsBefore, ...training } = learned
  return {
    system: run.system,
    seed: run.seed,
    condition: run.condition,
    ...(run.shippable && { shippable: true }),
    ...training,
    seconds: secondsBefore + (performance.now() - began) / 1000,
    weights: model.countParams(),
    parameters: parameterRecords(initial, parameterValues(frontend)),
  }
}

function largestShare(labels: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return Math.max(...counts.values()) / labels.length
}
