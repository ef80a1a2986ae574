import { frameBytes, HEADER_BYTES, isFrameHeader, isFreeFormat, isSameStream, layerOf } from './mpeg-frame.ts'
import type { SoundBytes } from './sound-bytes.ts'
import { id3v2Sizes } from './tags.ts'

/** Bytes before the first frame, or between two, that are passed over. */
export const JUNK_LIMIT = 131072
/** Headers at the right distances that make a stream: bytes that are no sound have one now and then. */
const FRAMES_IN_A_ROW = 3
/** Longest frame: layer II at 384 kbit/s and 32 kHz, padded. */
const LONGEST_FRAME = 1729
/** Longest frame of free format that is looked for. */
const LONGEST_FREE_FRAME = 4608

/** A whole frame of MPEG audio. */
export interface Frame {
  /** The caller's to keep. */
  readonly bytes: Uint8Array
  /** In the file. */
  readonly at: number
}

/** What stands where a stream was looked for. */
export type Found =
  | { readonly kind: 'stream'; readonly at: number }
  | { readonly kind: 'free format' }
  | { readonly kind: 'nothing' }

/** The next place, within the limit of junk, at which several frames follow each other. */
export async function findStream(bytes: SoundBytes, from: number): Promise<Found> {
  const end = Math.min(bytes.end, from + JUNK_LIMIT)
  for (let at = from; at < end; ) {
    const region = (await bytes.at(at, Math.min(65536, end - at) + HEADER_BYTES - 1)).slice()
    for (let i = region.indexOf(0xff); i >= 0 && at + i < end; i = region.indexOf(0xff, i + 1)) {
      const header = region.subarray(i, i + HEADER_BYTES)
      if (!isFrameHeader(header)) continue
      if (isFreeFormat(header)) {
        if (await isFreeStream(bytes, at + i, header)) return { kind: 'free format' }
      } else if (await areFrames(bytes, at + i)) return { kind: 'stream', at: at + i }
    }
    at += Math.max(1, region.length - HEADER_BYTES + 1)
  }
  return { kind: 'nothing' }
}

/** Whether several frames follow each other from `at` on, or all that are left of the file. */
async function areFrames(bytes: SoundBytes, at: number): Promise<boolean> {
  let first: Uint8Array | null = null
  for (let count = 0; count < FRAMES_IN_A_ROW; count++) {
    const header = (await bytes.at(at, HEADER_BYTES)).slice()
    if (at === bytes.end && count > 0) return true
    if (!isFrameHeader(header) || isFreeFormat(header) || (first && !isSameStream(first, header)))
      // A stream of fewer frames, then something else: one that is cut off, or a tag.
      return count === FRAMES_IN_A_ROW - 1 && first !== null && layerOf(first) === 3 && at + 1441 >= bytes.end
    first ??= header
    at += frameBytes(header)
    if (at > bytes.end) return count > 0
  }
  return true
}

/** Whether a header without a bit rate comes again, twice at one distance. */
async function isFreeStream(bytes: SoundBytes, at: number, header: Uint8Array): Promise<boolean> {
  const region = (await bytes.at(at, 2 * LONGEST_FREE_FRAME + HEADER_BYTES)).slice()
  const isNext = (i: number) => {
    const next = region.subarray(i, i + HEADER_BYTES)
    return isFrameHeader(next) && isFreeFormat(next) && isSameStream(next, header)
  }
  for (
    let i = region.indexOf(0xff, HEADER_BYTES);
    i > 0 && i <= LONGEST_FREE_FRAME;
    i = region.indexOf(0xff, i + 1)
  )
    // A padded frame is a byte longer.
    if (isNext(i) && [2 * i, 2 * i - 1, 2 * i + 1].some(isNext)) return true
  return false
}

/**
 * The whole frames from `at` on; tags and junk between them are passed over.
 *
 * @param onJunk told of bytes that are neither frames nor tags
 */
export async function* mpegFrames(
  bytes: SoundBytes,
  at: number,
  onJunk: (count: number) => void,
): AsyncGenerator<Frame> {
  let last: Uint8Array | null = null
  while (at < bytes.end) {
    const frame = await bytes.at(at, LONGEST_FRAME)
    const isNext = isFrameHeader(frame) && !isFreeFormat(frame) && (!last || isSameStream(last, frame))
    if (isNext) {
      const length = frameBytes(frame)
      if (length > frame.length) return
      last = frame.slice(0, length)
      yield { bytes: last, at }
      at += length
      continue
    }
    const tag = tagBytes(frame)
    const found = tag > 0 ? null : await findStream(bytes, at + 1)
    const next = found === null ? at + tag : found.kind === 'stream' ? found.at : bytes.end
    if (found) onJunk(next - at)
    last = null
    at = next
  }
}

/** Length of a tag in the midst of frames, as between two files joined; 0 where there is none. */
function tagBytes(head: Uint8Array): number {
  const text = String.fromCharCode(...head.subarray(0, 10))
  if (text.startsWith('TAG')) return 128
  return id3v2Sizes(text)[0] ?? 0
}
