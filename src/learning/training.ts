import type { Sequential } from '@tensorflow/tfjs-layers'
import type { BatchOptions } from './batch-maker.ts'
import { BatchQueue } from './batch-queue.ts'
import { type Best, type Checkpoint, writeCheckpoint } from './checkpoint.ts'
import type { Clip } from './clips.ts'
import { averagePrecisions, mean } from './measures.ts'
import { learningRate } from './optimiser.ts'
import { type ScoredSet, scoreSet } from './scoring.ts'
import { Trainer } from './trainer.ts'

export interface TrainingOptions extends BatchOptions {
  readonly steps: number
  /** Highest learning rate. */
  readonly rate: number
  /** Steps from one check on valid, and checkpoint, to the next. */
  readonly check: number
  /** Checks on valid without a better one, after which training stops. */
  readonly patience: number
  /** File for checkpoints, and what they must have been started with. */
  readonly checkpoint: { readonly path: string; readonly settings: string }
}

/** What is told while training. */
export interface TrainingProgress {
  readonly step: number
  /** Mean loss since the last check. */
  readonly loss: number
  /** Examples per second since the last check. */
  readonly speed: number
  /** Mean average precision on valid; only after a check. */
  readonly valid?: number
}

/**
 * Trains until the steps are done or valid has not become better for long; checkpoints at every check.
 *
 * @param valid items on which the weights to be kept are chosen, by mean average precision
 * @param resumed where an earlier training stopped
 * @returns the best weights, as running averages
 */
export async function train(
  model: Sequential,
  clips: readonly Clip[],
  valid: ScoredSet,
  options: TrainingOptions,
  resumed: Checkpoint | undefined,
  onProgress: (progress: TrainingProgress) => void,
): Promise<Best> {
  const { seed, size, steps, rate, check, patience } = options
  const trainer = new Trainer(model, { seed, dropout: 0.3, decay: 0.02, averaging: 0.998 })
  if (resumed) trainer.restore(resumed.trainer)
  let best: Best = resumed?.best ?? { score: -1, step: 0, averages: [] }
  let step = resumed?.step ?? 0
  const queue = new BatchQueue(clips, options, step)
  let [losses, since, started] = [0, 0, performance.now()]
  try {
    while (step < steps && step - best.step < patience * check) {
      losses += trainer.step(await queue.take(), learningRate(step, steps, rate))
      step++
      since++
      const progress = {
        step,
        loss: losses / since,
        speed: (1000 * since * size) / (performance.now() - started),
      }
      if (step % check > 0 && step < steps) {
        onProgress(progress)
        continue
      }
      const score = trainer.withAverages(() => mean(averagePrecisions(scoreSet(model, valid), valid.targets)))
      onProgress({ ...progress, valid: score })
      if (score >= best.score)
        best = { score, step, averages: trainer.state.averages.map((values) => values.slice()) }
      const { path, settings } = options.checkpoint
      writeCheckpoint(path, { settings, step, trainer: trainer.state, best })
      ;[losses, since, started] = [0, 0, performance.now()]
    }
  } finally {
    await queue.close()
  }
  return best
}
