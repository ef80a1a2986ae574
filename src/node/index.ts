/** Events and features of sound in Node, as it comes: a microphone through a pipe, the sound of a camera through ffmpeg. */
export { LeafError, type LeafErrorCode } from '../error.ts'
export type { DecodingOptions, DecodingTimes, DetectedEvent } from '../events/index.ts'
export type { FrontendDescription, PresetName } from '../frontend/index.ts'
export type { ModelSource } from '../model/index.ts'
export type { SampleChunk, SampleFormat } from '../offline/index.ts'
export { type DetectStreamOptions, detectStream } from './detect-stream.ts'
export { type FeatureFrame, type FeaturesStreamOptions, featuresStream } from './features-stream.ts'
export type { SampleStream, StreamOptions } from './sample-stream.ts'
