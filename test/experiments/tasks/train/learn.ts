import { existsSync } from 'node:fs'
import {
  BatchQueue,
  ProgressBar,
  readCheckpoint,
  writeCheckpoint,
} from '../../../../src/learning/node/index.ts'
import { type Trainer, type TrainingState, train } from '../../../../src/learning/training/index.ts'
import type { CurvePoint, MeasureRecord, TrainingRecord } from '../design/run-record.ts'
import type { SharedSettings } from '../design/settings.ts'
import type { TaskExampleWork } from './task-example-worker.ts'

export interface LearnOptions {
  /** What is told beside the progress. */
  readonly name: string
  readonly settings: SharedSettings
  readonly work: TaskExampleWork
  /** Measures on valid; the lowest cross entropy is kept. */
  readonly validate: () => MeasureRecord
  readonly checkpoint: {
    /** Where it goes on when there is one, and where it is written at each check. */
    readonly path: string
    /** All that the training depends on, as text. */
    readonly settings: string
  }
}

export interface Learned
  extends Pick<TrainingRecord, 'bestStep' | 'curve' | 'leftOut' | 'examplesPerSecond'> {
  /** That training took before it was stopped and went on. */
  readonly secondsBefore: number
}

/** A training on disk. */
interface Unfinished {
  readonly training: TrainingState
  readonly curve: readonly CurvePoint[]
  /** Examples per second, from check to check. */
  readonly speeds: readonly number[]
  readonly seconds: number
}

/**
 * Trains from where an earlier start was stopped, and leaves the best values in model and frontend.
 *
 * @throws LeafError `arguments` when the checkpoint is damaged or of another training.
 */
export async function learn(trainer: Trainer, options: LearnOptions): Promise<Learned> {
  const { name, settings, work, validate, checkpoint } = options
  const before = existsSync(checkpoint.path)
    ? readCheckpoint<Unfinished>(checkpoint.path, checkpoint.settings, 'delete it')
    : undefined
  const steps = Math.ceil(settings.examples / settings.batch)
  const curve = [...(before?.curve ?? [])]
  const speeds = [...(before?.speeds ?? [])]
  const secondsBefore = before?.seconds ?? 0
  const began = performance.now()
  let leftOut = before?.training.leftOut ?? 0
  let valid: MeasureRecord
  const bar = new ProgressBar(name, steps)
  const best = await train(
    {
      trainer,
      batches: new BatchQueue(
        new URL('./task-example-worker.ts', import.meta.url),
        work,
        before?.training.step ?? 0,
      ),
      score: () => {
        valid = validate()
        return -valid.crossEntropy
      },
      resumed: before?.training,
      save: (training) => {
        const seconds = secondsBefore + (performance.now() - began) / 1000
        const state: Unfinished = { training, curve, speeds, seconds }
        writeCheckpoint(checkpoint.path, { settings: checkpoint.settings, state })
      },
      onProgress: (progress) => {
        bar.reach(progress.step)
        leftOut = progress.leftOut
        if (progress.valid === undefined) return
        const { step, loss, speed } = progress
        const { accuracy, crossEntropy } = valid
        curve.push({ step, loss, validAccuracy: accuracy, validCrossEntropy: crossEntropy })
        speeds.push(speed)
      },
    },
    { ...settings, steps, check: Math.ceil(steps / settings.checks) },
  ).finally(() => bar.stop())
  trainer.load(best.values)
  const examplesPerSecond = speeds.length / speeds.reduce((sum, speed) => sum + 1 / speed, 0)
  return { bestStep: best.step, curve, leftOut, examplesPerSecond, secondsBefore }
}
