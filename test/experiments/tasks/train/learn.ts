import { existsSync } from 'node:fs'
import {
  BatchQueue,
  ProgressBar,
  readCheckpoint,
  writeCheckpoint,
} from '../../../../src/learning/node/index.ts'
import { type Trainer, type TrainingState, train } from '../../../../src/learning/training/index.ts'
import type { CurvePoint, TrainingRecord } from '../design/run-record.ts'
import type { SharedSettings } from '../design/settings.ts'
import type { TaskExampleWork } from './task-example-worker.ts'

export interface LearnOptions {
  /** What is told beside the progress. */
  readonly name: string
  readonly settings: SharedSettings
  readonly work: TaskExampleWork
  readonly checkpoint: {
    /** Where it goes on when there is one, and where it is written `CHECKPOINTS` times. */
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

/** Evenly over the training. */
const CHECKPOINTS = 8
/** From which the normalisation of the average values is estimated. */
const STATISTICS_BATCHES = 8

/**
 * Trains from where an earlier start was stopped, and leaves the average values of the last step in model and frontend:
 * with 28 to 800 clips to validate on, the best of several checks would be the luckiest.
 *
 * @throws LeafError `arguments` when the checkpoint is damaged or of another training.
 */
export async function learn(trainer: Trainer, options: LearnOptions): Promise<Learned> {
  const { name, settings, work, checkpoint } = options
  const before = existsSync(checkpoint.path)
    ? readCheckpoint<Unfinished>(checkpoint.path, checkpoint.settings, 'delete it')
    : undefined
  const steps = Math.ceil(settings.examples / settings.batch)
  const curve = [...(before?.curve ?? [])]
  const speeds = [...(before?.speeds ?? [])]
  const secondsBefore = before?.seconds ?? 0
  const began = performance.now()
  let leftOut = before?.training.leftOut ?? 0
  const bar = new ProgressBar(name, steps)
  const batchesFrom = (step: number) =>
    new BatchQueue(new URL('./task-example-worker.ts', import.meta.url), work, step)
  const best = await train(
    {
      trainer,
      batches: batchesFrom(before?.training.step ?? 0),
      // All alike: the last is kept.
      score: () => 0,
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
        curve.push({ step, loss })
        speeds.push(speed)
      },
    },
    { ...settings, steps, check: Math.ceil(steps / CHECKPOINTS), patience: Number.POSITIVE_INFINITY },
  ).finally(() => bar.stop())
  trainer.load(best.values)
  const further = batchesFrom(steps)
  await trainer.estimateStatistics(further, STATISTICS_BATCHES).finally(() => further.close())
  const examplesPerSecond = speeds.length / speeds.reduce((sum, speed) => sum + 1 / speed, 0)
  return { bestStep: best.step, curve, leftOut, examplesPerSecond, secondsBefore }
}
