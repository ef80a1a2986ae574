import type { BackendChoice } from '../../classifier/index.ts'
import type { FrontendDescription } from '../../frontend/index.ts'

/** How well held-out examples are told apart. */
export interface Measure {
  /** Share of the examples whose highest score is their class's. */
  readonly accuracy: number
  /** Binary cross entropy, nats: the mean over examples and labels. */
  readonly loss: number
}

/** Examples that have been laid before the classifier of the base, of those that have to be. */
export interface EmbeddingProgress {
  readonly stage: 'embedding'
  readonly done: number
  readonly of: number
}

/** How the steps of a stage go: those of the last layer, or of what learns on after it. */
export interface StageProgress {
  readonly stage: 'head' | 'fine-tuning'
  /** Steps done. */
  readonly step: number
  /** At most; it ends earlier once held-out examples have not been told better for long. */
  readonly steps: number
  /** Mean since the last check, nats; NaN when every step since then had to be left out. */
  readonly loss: number
  /** Learning rate of this step. */
  readonly rate: number
  /** Of this stage. */
  readonly secondsLeft: number
  /** On held-out examples; only after a check. */
  readonly heldOut?: Measure
  /** As it is now; only where something of it is learned. */
  readonly frontend?: FrontendDescription
}

/** How a teaching goes: which backend it has, examples laid before the base, then steps of one stage or two. */
export type TeachingProgress =
  | ({ readonly stage: 'backend' } & BackendChoice)
  | EmbeddingProgress
  | StageProgress
