import type { FrameEnd } from '../../src/frame-channel/writer/index.ts'
import type { Plan, ResamplerPlan } from '../../src/plan/index.ts'

/** Name under which the processor is registered. */
export const processorName = 'leaf-worklet'

/** What the processor is made with. */
export interface ProcessorOptions {
  readonly plan: Plan
  /** Null where the context runs at the plan's rate. */
  readonly resampler: ResamplerPlan | null
}

/** Where a new frontend took over. */
export interface SwapPoint {
  /** Index of the first frame it made. */
  readonly frame: number
  /** Samples of the context's rate the node had heard by then. */
  readonly sample: number
}

/** What the audio thread counts; the names are those of the metrics schema. */
export interface Counts {
  frames: number
  offered: number
  sent: number
  dropped: number
  waiting: number
  badSamples: number
  skippedSamples: number
  load: number
  level: number
  peak: number
  clipped: number
  frameLatency: number | null
}

/** What the main thread may ask of the processor. Answered between two blocks, never within one. */
export interface ProcessorControl {
  /** Settles once the engine stands. @throws what its construction threw */
  ready(): void
  /** Adds a reader. */
  open(end: FrameEnd): void
  /** Changes the frontend; sample position and frame index go on. */
  swap(plan: Plan, resampler: ResamplerPlan | null): SwapPoint
  measure(): Counts
  /** Closes the ways of all readers and lets the browser free the processor. */
  dispose(): void
}

/** Name under which the recorder's processor is registered. */
export const recorderName = 'leaf-recorder'

/** What a recorder is made with. */
export interface RecorderOptions {
  /** Samples it remembers. */
  readonly samples: number
}

/** What the main thread may ask of a recorder. Answered between two blocks, never within one. */
export interface RecorderControl {
  /** Settles once it remembers. */
  ready(): void
  /** Frames of the context: of the oldest sample that is remembered, and the one after the newest. */
  extent(): { start: number; end: number }
  /** Samples of the frames [from, to), as far as they are still remembered. */
  read(from: number, to: number): Float32Array
  /** Forgets everything and lets the browser free the processor. */
  dispose(): void
}
