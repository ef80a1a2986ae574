import { LeafError } from '../error.ts'
import type { Geometry } from '../frontend/index.ts'

/**
 * Multiply-adds that the weights of a frontend's frames may take to find, and again those of its first or last frames: ten
 * seconds each on one core of a notebook, at a nanosecond each.
 */
const LARGEST = 1e10
/** Multiply-adds a second. */
const SPEED = 1e9
/** Bytes of the weights of first frames: the audio thread holds them all. */
const LARGEST_WEIGHTS = 128e6

/**
 * Nodes of a window whose weights may be solved for; a channel that needs more is sampled at every sample. A channel's
 * system is factorised twice, for the choice of its stride and for its weights: 2 · nodes³/6.
 */
export function mostNodes(channels: number): number {
  return Math.cbrt((3 * LARGEST) / channels)
}

/**
 * Frames whose windows a signal's beginning or end cuts have weights of their own: as many as there are hops in the part of
 * the window before the frame, or behind it.
 *
 * @param strides of the channels, or of the first of them
 * @throws LeafError `description` where their weights take too long to find, or more memory than an audio thread should have
 */
export function requireSolvable(
  { windowLength, poolingLeft, hop }: Geometry,
  strides: readonly number[],
): void {
  const frames = Math.ceil(Math.max(poolingLeft, windowLength - poolingLeft) / hop)
  let bytes = 0
  let work = 0
  for (const stride of strides) {
    const nodes = windowLength / stride
    bytes += 4 * frames * nodes
    work += frames * nodes * (stride > 1 ? 2 * nodes + windowLength : 1)
  }
  if (bytes <= LARGEST_WEIGHTS && work <= LARGEST) return
  const price =
    work > LARGEST ? `${Math.round(work / SPEED)} s to compile` : `${Math.round(bytes / 1e6)} MB of memory`
  throw new LeafError(
    'description',
    `This frontend has ${frames} frames whose windows the beginning of a sound cuts: their weights take at least ${price}.`,
    'Use a shorter window, a longer hop or fewer channels.',
  )
}
