import type { Plan } from '../../src/plan/index.ts'
import type { Kernel, MemoryLayout } from '../kernel.ts'

/** From samples to the energies of frames. Any thread; allocates when made, not in `compute`. */
export interface Analysis {
  /** Frames computed at once. */
  readonly framesAtOnce: number
  /** Samples that `compute` may read before and including the newest one needed. */
  readonly history: number
  /** Addresses of the energies of the frames computed last, `channels` floats each. */
  readonly energies: readonly number[]
  /** Absolute index of the newest sample that frames `first` to `first + framesAtOnce - 1` need. */
  newestSample(first: number): number
  /**
   * Computes the energies of frames from `first` on: of those that follow the last call's frames, or, after `reset`, of any.
   *
   * @param newest address of the newest sample needed; the history lies before it.
   * @returns frames computed, 1 to `framesAtOnce`.
   */
  compute(first: number, newest: number): number
  /** The frames computed next do not follow those before, and their signal has no end yet. Allocates nothing. */
  reset(): void
}

/** An analysis that also knows how a signal ends. */
export interface ClipAnalysis extends Analysis {
  /**
   * The signal has no samples from `length` on: energies there count as zero, as in the official code. Holds until
   * `reset`. May allocate, and may grow the kernel's memory.
   */
  finish(length: number): void
}

/** Makes the analysis of a plan; its tables and areas go into the layout. */
export type AnalysisFactory<Made extends Analysis> = (
  plan: Plan,
  kernel: Kernel,
  layout: MemoryLayout,
) => Made
