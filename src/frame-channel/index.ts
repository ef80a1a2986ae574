// The way of the frames from the audio thread to one reader. This door is for the main thread, workers and Node; the
// audio thread has its own, writer/index.ts, where nothing needs a DOM.
export { createFrameChannel, type FrameInlet, inletTransfer, openFrames } from './open.ts'
export type { FrameCallback, FrameReader } from './reader.ts'
