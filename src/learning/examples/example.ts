/** A training example before the frontend. */
export interface Example {
  /** Full scale ±1. */
  readonly sound: Float32Array
  /** Frame at which the window to be learned begins; what is before only moves the smoothers. */
  readonly firstFrame: number
  /** 1 for each label that is heard, else 0. */
  readonly target: Float32Array
}
