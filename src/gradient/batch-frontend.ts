import type { FrontendDescription, PartName } from '../frontend/index.ts'

/** Numbers of a frontend that training changes. */
export interface BatchParameter {
  readonly part: PartName
  /** Key in the part's description. */
  readonly name: string
  /** Changed in place. */
  readonly values: Float64Array
  /** For each value the size of one natural step in its own unit, positive; follows the values. */
  readonly steps: ArrayLike<number>
}

/** A frontend on batches of whole clips, forward and backward: what the training loop needs to know of one. */
export interface BatchFrontend {
  /** What learns; empty for a frontend that stays as it is. After a change of values, call `update`. */
  readonly parameters: readonly BatchParameter[]
  readonly channels: number
  /** Of every sound of a batch. */
  readonly frames: number
  /** @returns [sounds][frames][channels] */
  forward(sounds: readonly Float32Array[]): Float32Array
  /**
   * @param gradient of the loss at the values that `forward` has just returned
   * @returns that at the parameters, summed over the batch
   */
  backward(gradient: Float32Array): readonly Float64Array[]
  /**
   * Brings the values within their bounds and makes them count.
   *
   * @param anew for values that are no step on from those of before: nothing may depend on those any more
   */
  update(anew?: boolean): void
  /** With the present values. */
  describe(): FrontendDescription
}
