import type { DecodingOptions } from '../events/index.ts'
import type { FrameInlet } from '../frame-channel/index.ts'
import type { BackendName } from '../inference/index.ts'
import type { OptionNames } from '../known-options.ts'
import type { ModelSource } from '../model/index.ts'

/** How a classifier is started. */
export interface ClassifierOptions extends DecodingOptions {
  model: ModelSource
  /** Names of those of the model's heads that are to score; all of them when left out. */
  heads?: readonly string[]
  /** Opens a way for frames, as `() => node.openFrames()`; asked again for every new worker. */
  frames: () => FrameInlet | Promise<FrameInlet>
  /**
   * Backends to try, in this order. Left out: WebGPU, WebAssembly, plain JavaScript, but no WebGPU that is computed in
   * software, which is far slower than WebAssembly.
   */
  backends?: readonly BackendName[]
  /** Windows that may wait for a slow backend before the oldest are dropped, 8 when left out. */
  queueWindows?: number
  /** Seconds within which a model has to be warm, 60 when left out; one that is in use goes on then. */
  readySeconds?: number
  /** Address of classifier.worker.js where it is not beside the library. */
  workerUrl?: string | URL
  /** Folder of tfjs-backend-wasm-simd.wasm where it is not beside the worker. */
  wasmPath?: string | URL
}

/** Their names. */
export const CLASSIFIER_OPTIONS: OptionNames<ClassifierOptions> = {
  model: true,
  heads: true,
  frames: true,
  thresholds: true,
  labels: true,
  decoding: true,
  backends: true,
  queueWindows: true,
  readySeconds: true,
  workerUrl: true,
  wasmPath: true,
}
