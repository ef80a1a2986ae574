/**
 * Told of one frame.
 * @param index frame index since the node began; a hole in the sequence is dropped frames
 * @param time seconds on the audio context's clock, of the frame's centre
 * @param values one per channel; the array is used again for the next frame
 */
export type FrameCallback = (index: number, time: number, values: Float64Array) => void

/** Where frames come out: on the main thread, in a worker or in Node. Never blocks the audio thread. */
export interface FrameReader {
  readonly channels: number
  /** Called on this thread when frames have come since the last call. Null: nobody is woken, drain at will. */
  onAvailable: (() => void) | null
  /** Hands over every frame that is here now, oldest first. @returns how many */
  drain(onFrame: FrameCallback): number
  /** Ends the way: the audio thread lets go of it. */
  close(): void
}
