import type { BackendChoice } from '../../classifier/index.ts'
import type { FrontendDescription } from '../../frontend/index.ts'

/** Classification quality on held-out examples. */
export interface Measure {
  /** Share of examples whose top score is the true class. */
  readonly accuracy: number
  /** Binary cross entropy, nats, mean over examples and labels. */
  readonly loss: number
}

/** Number of embeddings computed, `done` of `of`. */
export interface EmbeddingProgress {
  readonly stage: 'embedding'
  readonly done: number
  readonly of: number
}

/** Progress of training steps: of the last layer, or of fine-tuning after it. */
export interface StageProgress {
  readonly stage: 'head' | 'fine-tuning'
  /** Steps done. */
  readonly step: number
  /** Maximum; early stopping may end the stage before. */
  readonly steps: number
  /** Mean training loss since the last validation, nats; NaN if every step since was skipped as not finite. */
  readonly loss: number
  /** Learning rate of this step. */
  readonly rate: number
  /** Estimate for this stage. */
  readonly secondsLeft: number
  /** On held-out examples; only after a validation. */
  readonly heldOut?: Measure
  /** Current frontend; only if its parameters are trained. */
  readonly frontend?: FrontendDescription
}

/** Progress of training: the backend, then embeddings, then the steps of one or two stages. */
export type TeachingProgress =
  | ({ readonly stage: 'backend' } & BackendChoice)
  | EmbeddingProgress
  | StageProgress
