/** Features of a whole signal, row by row. */
export interface Features {
  readonly frames: number
  readonly channels: number
  /** frames × channels. */
  readonly values: Float64Array
}
