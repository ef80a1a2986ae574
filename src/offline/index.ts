/** Sound that is there already, or comes as it will: frames and events of it as fast as the machine can. Any thread. */
export { detectEvents, type OfflineScoring } from './detect-events.ts'
export { type SampleChunk, type SampleFormat, sampleBlocks } from './sample-blocks.ts'
export { type Sound, streamFrames } from './stream-frames.ts'
