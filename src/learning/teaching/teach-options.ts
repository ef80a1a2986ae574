import type { TeachingChoice } from './choice.ts'

export interface TeachOptions {
  readonly learn: TeachingChoice
  /** A whole number; the same seed, examples and backend, the same model. */
  readonly seed: number
  /** Steps of the last stage; left out, as many as suit the choice and the number of examples. */
  readonly steps?: number
  /** Of the model. */
  readonly name: string
  /** For the model's card. */
  readonly when: Date
}
