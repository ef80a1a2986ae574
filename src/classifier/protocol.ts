import type { Answer } from '../answer.ts'
import type { DecodingOptions, DetectedEvent, EventOnset, LabelName } from '../events/index.ts'
import type { FrameInlet } from '../frame-channel/index.ts'
import type { BackendAttempt, BackendName, Past } from '../inference/index.ts'
import type { Metrics } from '../metrics.ts'
import type { Decoding } from '../model/index.ts'

/** Scores of one window of frames. */
export interface Scores {
  /** Seconds on the frames' clock, halfway between the centres of the window's first and last frame. */
  readonly center: number
  /** Seconds on the frames' clock, centre of the window's last frame. */
  readonly end: number
  /** One per label, 0 to 1. */
  readonly values: Float32Array
}

/** Which backend runs the classifier, and how it went with those before it. */
export interface BackendChoice {
  readonly backend: BackendName
  /** In the order tried; the last one is the one in use. */
  readonly attempts: readonly BackendAttempt[]
}

/** What the worker needs to get ready. */
export interface LoadOptions {
  /** A model file. */
  readonly model: Uint8Array
  /** Those of its heads that score; all of them when undefined. */
  readonly heads: readonly string[] | undefined
  /** Those to try, in this order; see `browserBackends` for the default. */
  readonly backends: readonly BackendName[] | undefined
  readonly wasmPath: string | undefined
  readonly queueWindows: number
  /** Of the frames that will come. */
  readonly channels: number
  /** How scores become events, where not as in the model. */
  readonly decoding: DecodingOptions
}

/** What the worker tells once it is warm. */
export interface Ready {
  readonly choice: BackendChoice
  /** The model's labels, in the order of the scores, and how they are decoded. */
  readonly names: readonly LabelName[]
  readonly decoding: Decoding
  /** Milliseconds an inference took, the longest of the warm-up. */
  readonly inferenceTime: number
}

/** What a worker leaves to the next. */
export interface Legacy {
  /** What made the frames, as a text to compare. */
  readonly frontend: string
  readonly past: Past
}

/** Metrics a worker knows. */
export type WorkerMetrics = Metrics<'queue' | 'queueDropped' | 'inferences' | 'inferenceTime' | 'backend'>

/** Where the worker's results go; what a method returns settles when the result has arrived. */
export interface ResultSink {
  scores(scores: Scores): Arrival
  onset(onset: EventOnset): Arrival
  event(event: DetectedEvent): Arrival
  /** Scoring stopped for good: the device was lost, or an inference failed. */
  fault(reason: string): Arrival
}

type Arrival = void | Promise<void>

/** A sound that is there as a whole, and who is to hear it. */
export interface DetectTask
  extends Pick<LoadOptions, 'model' | 'heads' | 'backends' | 'wasmPath' | 'decoding'> {
  /** Samples of each channel, equally long, full scale ±1. */
  readonly channels: readonly Float32Array<ArrayBuffer>[]
  /** Hz. */
  readonly sampleRate: number
}

/** Where its events go; what a method returns settles when the result has arrived. */
export interface DetectSink {
  event(event: DetectedEvent): Arrival
  /** @param fraction of the sound that was read, 0 to 1 */
  progress(fraction: number): Arrival
}

/** What the worker does for its client, through comlink. */
export interface ClassifierWorker {
  /** Chooses a backend and warms it. */
  load(options: LoadOptions): Promise<Answer<Ready>>
  /**
   * Begins to score the frames of an inlet. Once, after `load`.
   * @param legacy of the worker before; of use where its frontend is this model's
   */
  run(inlet: FrameInlet, legacy: Legacy | null, sink: ResultSink): void
  /** Changes how scores become events, from the next scores on. After `run`. */
  setOptions(options: DecodingOptions): Promise<Answer<null>>
  /** Detects the events of a whole sound; in the place of `load` and `run`. */
  detect(task: DetectTask, sink: DetectSink): Promise<Answer<null>>
  measure(): WorkerMetrics
  /**
   * Ends scoring; events still running go to the sink with their end before this returns.
   * @returns its last numbers, and what the next worker can go on with
   */
  stop(): Promise<{ metrics: WorkerMetrics; legacy: Legacy | null }>
}
