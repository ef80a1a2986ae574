import type { TeachingChoice } from './choice.ts'

export interface TeachOptions {
  readonly learn: TeachingChoice
  /** Integer. Deterministic: the same seed, examples and backend give the same model. */
  readonly seed: number
  /** Steps of the last stage; default from the choice and the number of examples. */
  readonly steps?: number
  /** Name of the model. */
  readonly name: string
  /** Date written to the model's card. */
  readonly when: Date
}
