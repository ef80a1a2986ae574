import type { FrontendDescription } from '../../frontend/index.ts'

/** Result of training. */
export interface Taught {
  /** Model file. */
  readonly model: Uint8Array
  readonly labels: readonly string[]
  /** Frontend of that file. */
  readonly frontend: FrontendDescription
  /** On the held-out examples, which also set the thresholds. */
  readonly accuracy: number
  /** Binary cross entropy on the held-out examples, nats. */
  readonly loss: number
  /** Counts of held-out examples, [true label][predicted label]. */
  readonly confusion: readonly (readonly number[])[]
  /** Labels with a single recording, which is on both sides: their accuracy is optimistic. */
  readonly shared: readonly string[]
  /** Whether it was stopped early. */
  readonly stopped: boolean
  /** Duration of the run. */
  readonly seconds: number
}
