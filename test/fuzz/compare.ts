import type { Decoded } from './ffmpeg.ts'

/** Lossy decoders differ by their rounding. */
const TOLERANCE = 1e-3
/** Samples of an MPEG frame, the longest there is. */
const FRAME = 1152
/** Decoders disagree on the frame of the encoder's tag, its delay and padding, and an unfinished last frame. */
const FARTHEST = 4 * FRAME
/** A damaged frame spoils those behind it that draw on its reservoir of 511 bytes: 9 of the shortest, and overlap. */
const LONGEST_DAMAGE = 11 * FRAME
/** Samples that must be the same for sounds to run together again. */
const RUN = 2000
/** Beyond this nothing is a sound. */
const ABSURD = 1e6

/**
 * How a sound differs from what ffmpeg makes of the file: the same samples, but frames more or fewer at an end or a
 * seam; damaged stretches concealed otherwise; ffmpeg taking whole numbers for floating-point ones, which ends in
 * numbers that are no sound; or anything else.
 */
export interface Difference {
  readonly kind: 'trimmed' | 'concealed' | 'misread by ffmpeg' | 'other'
  readonly sentence: string
}

/** Null where both are the same. */
export function differenceOf(ours: Decoded, theirs: Decoded): Difference | null {
  if (ours.sampleRate !== theirs.sampleRate)
    return { kind: 'other', sentence: `${ours.sampleRate} Hz, ffmpeg ${theirs.sampleRate}` }
  const lengths = `${ours.samples.length} samples, ffmpeg ${theirs.samples.length}`
  const isAbsurd = (samples: Float32Array) => samples.some((value) => !(Math.abs(value) < ABSURD))
  if (isAbsurd(theirs.samples) && !isAbsurd(ours.samples))
    return { kind: 'misread by ffmpeg', sentence: lengths }
  const { parts, damaged, longest, rest } = walk(ours.samples, theirs.samples)
  if (longest > LONGEST_DAMAGE || Math.abs(rest) > FARTHEST)
    return { kind: 'other', sentence: `${lengths}, ${damaged} differ, ${rest} more or fewer` }
  if (damaged > 0) return { kind: 'concealed', sentence: `${lengths}, ${damaged} differ` }
  return parts > 1 || rest !== 0 ? { kind: 'trimmed', sentence: lengths } : null
}

/** Goes along both for as long as they are the same, and looks nearby for where they are so again. */
function walk(ours: Float32Array, theirs: Float32Array) {
  let [at, shift, parts, damaged, stretch, longest] = [0, 0, 1, 0, 0, 0]
  while (at < ours.length && longest <= LONGEST_DAMAGE) {
    const found = nearby(ours, theirs, at, shift)
    if (found === undefined) {
      const step = Math.min(FRAME / 2, ours.length - at)
      at += step
      damaged += step
      stretch += step
    } else {
      if (found !== shift) parts++
      shift = found
      at += runOf(ours, theirs, at, shift)
      stretch = 0
    }
    longest = Math.max(longest, stretch)
  }
  return { parts, damaged, longest, rest: theirs.length + shift - ours.length }
}

/**
 * How far theirs lies behind ours where they run together from `at` on: for the longest, since a tone fits for a while
 * in many places; of equal ones the nearest to what it was.
 */
function nearby(ours: Float32Array, theirs: Float32Array, at: number, shift: number): number | undefined {
  let longest = Math.min(RUN, ours.length - at) - 1
  let best: number | undefined
  for (let distance = 0; distance <= FARTHEST; distance++) {
    for (const some of distance === 0 ? [shift] : [shift + distance, shift - distance]) {
      const run = runOf(ours, theirs, at, some)
      if (run <= longest) continue
      longest = run
      best = some
    }
  }
  return best
}

/** Samples from `at` on that are the same. */
function runOf(ours: Float32Array, theirs: Float32Array, at: number, shift: number): number {
  if (at < shift) return 0
  let end = at
  while (end < ours.length && end - shift < theirs.length && isNear(ours[end], theirs[end - shift])) end++
  return end - at
}

function isNear(ours: number, theirs: number): boolean {
  return Object.is(ours, theirs) || Math.abs(ours - theirs) <= TOLERANCE * Math.max(1, Math.abs(ours))
}
