import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { FrontendDescription } from '../../frontend/index.ts'
import type { BatchFrontend } from '../../gradient/index.ts'
import type { Model } from '../../model/index.ts'
import { type BatchSource, type Example, type ExampleSource, makeBatch } from '../examples/index.ts'
import { Trainer, train } from '../training/index.ts'
import { measureOf, scoresOf } from './held-out.ts'
import type { Measure, StageProgress } from './progress.ts'
import type { StageSettings } from './settings.ts'

/** Parts of a training stage. */
export interface Stage {
  readonly stage: StageProgress['stage']
  readonly frontend: BatchFrontend
  /** Disposed at the end. */
  readonly model: LayersModel
  readonly source: ExampleSource
  readonly heldOut: readonly Example[]
  readonly settings: StageSettings
  readonly seed: number
}

export interface StageHooks {
  /** Called after each step. */
  readonly onStep?: (progress: StageProgress) => void
  /** Aborting ends the stage after the current step. */
  readonly stop?: AbortSignal
  /** Yields to the event loop; awaited between batches. */
  readonly pause: () => Promise<void>
}

/** Best checkpoint of a stage. */
export interface StageResult {
  /** Weights by their names in the model file. */
  readonly weights: ReadonlyMap<string, Float32Array>
  readonly frontend: FrontendDescription
  /** Scores of the held-out examples, 0 to 1 per label. */
  readonly scores: readonly Float32Array[]
  readonly measure: Measure
}

/** A stage's result with the whole classifier. */
export interface Learned extends StageResult {
  readonly classifier: Model['classifier']
}

/** @returns the checkpoint with the least held-out cross entropy; null if stopped before the first step */
export async function runStage(
  parts: Stage,
  { onStep, stop, pause }: StageHooks,
): Promise<StageResult | null> {
  const { stage, frontend, model, source, heldOut, settings, seed } = parts
  const { batch, training } = settings
  const trainer = new Trainer(frontend, model, { ...settings.trainer, seed })
  const trainsFrontend = settings.trainer.learn !== 'nothing' && frontend.parameters.length > 0
  let current: Measure | undefined
  /** At the best validation so far. */
  let kept: Pick<StageResult, 'scores' | 'measure'> | undefined
  const best = await train(
    {
      trainer,
      batches: batchesOf(source, batch, pause),
      score: async () => {
        const scores = await scoresOf(frontend, model, heldOut, batch, pause)
        current = measureOf(scores, heldOut)
        if (!kept || current.loss <= kept.measure.loss) kept = { scores, measure: current }
        return -current.loss
      },
      onProgress: ({ step, loss, rate, secondsLeft, valid }) =>
        onStep?.({
          ...{ stage, step, steps: training.steps, loss, rate, secondsLeft },
          ...(valid !== undefined && { heldOut: current }),
          ...(trainsFrontend && { frontend: frontend.describe() }),
        }),
      stop,
    },
    training,
  )
  if (!kept) return null
  trainer.load(best.values)
  const weights = new Map(
    model.weights.map(({ originalName }, i) => [originalName, best.values[i] as Float32Array]),
  )
  model.dispose()
  return { ...kept, weights, frontend: frontend.describe() }
}

function batchesOf(source: ExampleSource, size: number, pause: () => Promise<void>): BatchSource {
  let next = 0
  return {
    async take() {
      await pause()
      return makeBatch(source, next++, size)
    },
    async close() {},
  }
}
