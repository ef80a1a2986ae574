/**
 * The library: from sound to learned features and named events. Everything here runs on the main thread of a page;
 * what is pure (frontend, plan, model file, events) runs in workers and in Node alike.
 */
export {
  type AudioSource,
  createLeafNode,
  createRecorder,
  type FileSource,
  type LeafNode,
  type LeafNodeOptions,
  type LiveContext,
  listMicrophones,
  type Microphone,
  type MicrophoneDevice,
  type MicrophoneOptions,
  nodeSource,
  openFile,
  openMicrophone,
  type Recorder,
  type RecorderChoice,
  type Recording,
  type SourceChoice,
  watchMicrophones,
} from './audio/index.ts'
export { type BackendChoice, Classifier, type ClassifierOptions, type Scores } from './classifier/index.ts'
export { type DetectableSound, type DetectOptions, detect } from './detection/index.ts'
export { LeafError, type LeafErrorCode } from './error.ts'
export {
  type DecodingOptions,
  type DecodingTimes,
  type DetectedEvent,
  EventDecoder,
  type EventOnset,
  type LabelName,
} from './events/index.ts'
export {
  type FrameCallback,
  type FrameInlet,
  type FrameReader,
  inletTransfer,
  openFrames,
} from './frame-channel/index.ts'
export {
  channelFrequencies,
  type FrontendDescription,
  type PresetName,
  parseFrontend,
  preset,
  presetNames,
  reference,
} from './frontend/index.ts'
export {
  createListener,
  type HeardEvent,
  type HeardOnset,
  type HeardScores,
  type LabelScore,
  type Listener,
  type ListenerEvents,
  type ListenerOptions,
  type ListenOptions,
  listen,
} from './listen.ts'
export { type MetricName, type Metrics, metricsSchema } from './metrics.ts'
export type { Card, Decoding, Head, Model, ModelSource } from './model/index.ts'
