/**
 * The sizes every part of a frontend shares, as the official code derives them
 * (leaf-audio `frontend.py`): all in samples of the frontend's own rate.
 */
export interface Geometry {
  /** Hz. */
  readonly sampleRate: number
  /** Taps of a filter and of a pooling window, `floor(sampleRate · windowMs / 1000) + 1`. */
  readonly windowLength: number
  /** Samples from one frame to the next. */
  readonly hop: number
  /** Number of filters. */
  readonly channels: number
  /** Samples before `i · hop` at which the pooling window of frame i begins. */
  readonly poolingLeft: number
  /** False: only frames whose pooling window lies inside the signal. */
  readonly partialFrames: boolean
}

/** Taps of filters and pooling windows for a window of `windowMs` at `sampleRate` Hz. */
export function windowLengthOf(sampleRate: number, windowMs: number): number {
  return Math.floor((sampleRate * windowMs) / 1000) + 1
}

/** Samples between frames for a hop of `hopMs` at `sampleRate` Hz. */
export function hopOf(sampleRate: number, hopMs: number): number {
  return Math.floor((sampleRate * hopMs) / 1000)
}

/** Zeros before sample 0 in the filters' SAME convolution: tap j of output t reads sample `t - filterLeft + j`. */
export function filterLeft(geometry: Geometry): number {
  return (geometry.windowLength - 1) >> 1
}

/** Frames of a whole signal of `length` samples. */
export function frameCount(geometry: Geometry, length: number): number {
  if (geometry.partialFrames) return Math.ceil(length / geometry.hop)
  return Math.max(0, Math.floor((length - geometry.windowLength) / geometry.hop) + 1)
}

/** Samples of a signal that has so many frames, at least 1. */
export function samplesFor({ partialFrames, hop, windowLength }: Geometry, frames: number): number {
  return partialFrames ? frames * hop : windowLength + (frames - 1) * hop
}
