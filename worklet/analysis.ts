/** From samples to the energies of frames. No allocation after construction. */
export interface Analysis {
  /** Frames computed at once. */
  readonly framesAtOnce: number
  /** Samples of history, before the newest one needed, that `compute` reads. */
  readonly history: number
  /** Times `compute` must have run on the frames before, for the energies kept between calls. */
  readonly warmUp: number
  /** Address of the energies of each of the frames computed. */
  readonly sums: readonly number[]
  /** Absolute index of the newest sample that frames `first` to `first + framesAtOnce - 1` need. */
  newestSample(first: number): number
  /**
   * Computes the energies of frames from `first` on.
   *
   * @param newest address of the newest sample needed, the history lies before it.
   */
  compute(first: number, newest: number): void
}
