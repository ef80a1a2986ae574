import type { Decoded } from './ffmpeg.ts'

/** Lossy decoders differ by their rounding. */
const TOLERANCE = 1e-3

/** How a sound differs from what ffmpeg makes of the file; null where it does not. */
export function differenceOf(ours: Decoded, theirs: Decoded): string | null {
  if (ours.sampleRate !== theirs.sampleRate) return `${ours.sampleRate} Hz, ffmpeg ${theirs.sampleRate}`
  if (ours.samples.length !== theirs.samples.length)
    return `${ours.samples.length} samples, ffmpeg ${theirs.samples.length}`
  const most = ours.samples.reduce(
    (largest, value, i) =>
      Math.max(largest, Math.abs(value - theirs.samples[i]) / Math.max(1, Math.abs(value))),
    0,
  )
  return most > TOLERANCE ? `samples differ by ${most}` : null
}
