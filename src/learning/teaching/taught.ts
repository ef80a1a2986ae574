import type { FrontendDescription } from '../../frontend/index.ts'

/** What has been learned. */
export interface Taught {
  /** A model file. */
  readonly model: Uint8Array
  readonly labels: readonly string[]
  /** With its present numbers, as in the model file. */
  readonly frontend: FrontendDescription
  /** On the held-out examples, on which the thresholds were chosen as well. */
  readonly accuracy: number
  /** Binary cross entropy on them, nats. */
  readonly loss: number
  /** [true label][label of the highest score], counts of held-out examples. */
  readonly confusion: readonly (readonly number[])[]
  /** Labels of a single recording, which lies on both sides: their accuracy flatters. */
  readonly shared: readonly string[]
  /** Whether it was stopped before its end. */
  readonly stopped: boolean
  readonly seconds: number
}
