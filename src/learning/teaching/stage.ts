import type { Sequential } from '@tensorflow/tfjs-layers'
import type { FrontendDescription } from '../../frontend/index.ts'
import type { BatchFrontend } from '../../gradient/index.ts'
import type { Model } from '../../model/index.ts'
import { type BatchSource, type Example, type ExampleSource, makeBatch } from '../examples/index.ts'
import { Trainer, train } from '../training/index.ts'
import { measured, scoresOf } from './held-out.ts'
import type { Measure, StageProgress } from './progress.ts'
import type { StageSettings } from './settings.ts'

export interface Stage {
  readonly stage: StageProgress['stage']
  readonly frontend: BatchFrontend
  /** Let go of at the end. */
  readonly model: Sequential
  readonly source: ExampleSource
  readonly heldOut: readonly Example[]
  readonly settings: StageSettings
  readonly seed: number
}

export interface StageHooks {
  /** Called after each step. */
  readonly onStep?: (progress: StageProgress) => void
  /** Once aborted, the present step is the last one. */
  readonly stop?: AbortSignal
  /** Waited for between two pieces of work. */
  readonly pause: () => Promise<void>
}

/** What a stage has made of the model it began with. */
export interface StageResult {
  /** Of its model, by the names of the model file. */
  readonly weights: ReadonlyMap<string, Float32Array>
  readonly frontend: FrontendDescription
  /** Of the held-out examples, 0 to 1 per label. */
  readonly scores: readonly Float32Array[]
  readonly measure: Measure
}

/** A result as a whole classifier. */
export interface Learned extends StageResult {
  readonly classifier: Model['classifier']
}

/** @returns the best on held-out examples, by cross entropy; null when it was stopped before its first step */
export async function runStage(
  parts: Stage,
  { onStep, stop, pause }: StageHooks,
): Promise<StageResult | null> {
  const { stage, frontend, model, source, heldOut, settings, seed } = parts
  const { batch, training } = settings
  const trainer = new Trainer(frontend, model, { ...settings.trainer, seed })
  const isMoving = settings.trainer.learn !== 'nothing' && frontend.parameters.length > 0
  let present: Measure | undefined
  /** At the check that is the best so far. */
  let kept: Pick<StageResult, 'scores' | 'measure'> | undefined
  const best = await train(
    {
      trainer,
      batches: batchesOf(source, batch, pause),
      score: async () => {
        const scores = await scoresOf(frontend, model, heldOut, batch, pause)
        present = measured(scores, heldOut)
        if (!kept || present.loss <= kept.measure.loss) kept = { scores, measure: present }
        return -present.loss
      },
      onProgress: ({ step, loss, rate, secondsLeft, valid }) =>
        onStep?.({
          ...{ stage, step, steps: training.steps, loss, rate, secondsLeft },
          ...(valid !== undefined && { heldOut: present }),
          ...(isMoving && { frontend: frontend.describe() }),
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
