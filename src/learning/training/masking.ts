import type { Random } from '../random/index.ts'

/** A band of channels and a stretch of frames of a window (SpecAugment, Park et al., 2019). */
export interface Mask {
  readonly firstChannel: number
  readonly channels: number
  readonly firstFrame: number
  readonly frames: number
}

/** Covers nothing. */
export const NO_MASK: Mask = { firstChannel: 0, channels: 0, firstFrame: 0, frames: 0 }

/** Up to a fifth of the channels and up to a fifth of the frames. */
export function drawMask(frames: number, channels: number, random: Random): Mask {
  const bands = random.below(Math.floor(channels / 5))
  const firstChannel = random.below(channels - bands + 1)
  const stretch = random.below(Math.floor(frames / 5))
  return { firstChannel, channels: bands, firstFrame: random.below(frames - stretch + 1), frames: stretch }
}

/** Sets the masked part of a window [frames, channels] to `value`, in place. */
export function cover(window: Float32Array, channels: number, mask: Mask, value: number): void {
  for (let start = mask.firstChannel; start < window.length; start += channels) {
    window.fill(value, start, start + mask.channels)
  }
  window.fill(value, mask.firstFrame * channels, (mask.firstFrame + mask.frames) * channels)
}

export function meanOf(window: Float32Array): number {
  return window.reduce((sum, value) => sum + value, 0) / window.length
}
