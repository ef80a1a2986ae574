import { isSoundStart } from './codec.ts'
import type { FileBytes } from './file-bytes.ts'
import { SoundBytes } from './sound-bytes.ts'

/** More than anybody puts around one sound. */
const TAG_LIMIT = 64
/** Writers leave room for a longer tag: zeros after it. */
const PADDING_LIMIT = 65536

const ID3_HEADER = 10
const ID3V1 = 128
const ID3V1_ENHANCED = 227
const APE_HEADER = 32
const LYRICS_END = 9
const LYRICS_SIZE = 6
/** Of Lyrics3 before its second version, which does not say its length. */
const OLD_LYRICS = 5100

/**
 * The sound of a file between its tags: any number of ID3v2 and APEv2 tags and zeros before it, and of ID3v1, ID3v2, APEv2 and
 * Lyrics3 tags behind it.
 */
export async function withoutTags(file: FileBytes): Promise<SoundBytes> {
  const start = await soundStart(file)
  return new SoundBytes(file, start, await soundEnd(file, start))
}

async function soundStart(file: FileBytes): Promise<number> {
  let start = 0
  for (let tags = 0; tags < TAG_LIMIT; tags++) {
    const next = await pastTag(file, start)
    if (next === start) break
    start = next
  }
  return start
}

/** Where what follows a tag or zeros at `start` begins; `start` where there are none. */
async function pastTag(file: FileBytes, start: number): Promise<number> {
  const head = latin1(await file.at(start, APE_HEADER))
  if (head.startsWith('APETAGEX') && head.length === APE_HEADER)
    return start + APE_HEADER + littleEndian(head, 12)
  // Recorders and broken downloads leave zeros in front of anything.
  if (head.charCodeAt(0) === 0) return (await pastPadding(file, start)) ?? start
  const sizes = id3v2Sizes(head)
  for (const size of sizes) {
    const sound = await pastPadding(file, start + size)
    if (sound !== null) return sound
  }
  return sizes.length > 0 && start + sizes[0] < file.total ? start + sizes[0] : start
}

/**
 * Lengths that an ID3v2 tag may have, the likelier first: seven bits a byte as the standard wants it, eight as some
 * writers do.
 */
export function id3v2Sizes(head: string): number[] {
  if (head.length < ID3_HEADER || !head.startsWith('ID3')) return []
  const [flags, ...bytes] = [5, 6, 7, 8, 9].map((i) => head.charCodeAt(i))
  const around = ID3_HEADER + (flags & 0x10 ? ID3_HEADER : 0)
  const size = (bits: number) => around + bytes.reduce((sum, byte) => sum * 2 ** bits + byte, 0)
  return bytes.some((byte) => byte > 127) ? [size(8)] : [...new Set([size(7), size(8)])]
}

/** Where a sound or another tag begins after padding of zeros, or null where none does. */
async function pastPadding(file: FileBytes, start: number): Promise<number | null> {
  const bytes = await file.at(start, PADDING_LIMIT)
  const first = bytes.findIndex((byte) => byte !== 0)
  if (first < 0) return null
  const head = bytes.subarray(first)
  return isSoundStart(head) || latin1(head.subarray(0, 3)) === 'ID3' ? start + first : null
}

async function soundEnd(file: FileBytes, start: number): Promise<number> {
  let end = file.total
  for (let tags = 0; tags < TAG_LIMIT; tags++) {
    const size = await tagBefore(file, end)
    if (size === 0 || end - size < start) break
    end -= size
  }
  return end
}

/** Length of the tag that ends at `end`, 0 where none does. */
async function tagBefore(file: FileBytes, end: number): Promise<number> {
  const length = Math.min(end, ID3V1 + ID3V1_ENHANCED)
  const tail = latin1(await file.at(end - length, length))
  const last = (count: number) => tail.slice(Math.max(0, tail.length - count))
  if (tail.length >= ID3V1 && last(ID3V1).startsWith('TAG'))
    return last(ID3V1 + ID3V1_ENHANCED).startsWith('TAG+') ? ID3V1 + ID3V1_ENHANCED : ID3V1
  if (last(APE_HEADER).startsWith('APETAGEX') && tail.length >= APE_HEADER) {
    const hasHeader = last(APE_HEADER).charCodeAt(23) & 0x80
    return littleEndian(last(APE_HEADER), 12) + (hasHeader ? APE_HEADER : 0)
  }
  if (last(ID3_HEADER).startsWith('3DI') && tail.length >= ID3_HEADER)
    return id3v2Sizes(`ID3${last(ID3_HEADER).slice(3)}`)[0]
  if (tail.endsWith('LYRICS200'))
    return Number(last(LYRICS_END + LYRICS_SIZE).slice(0, LYRICS_SIZE)) + LYRICS_END + LYRICS_SIZE || 0
  if (tail.endsWith('LYRICSEND')) {
    const lyrics = latin1(await file.at(Math.max(0, end - OLD_LYRICS), Math.min(end, OLD_LYRICS)))
    const begin = lyrics.lastIndexOf('LYRICSBEGIN')
    return begin < 0 ? 0 : lyrics.length - begin
  }
  return 0
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

/** An unsigned number of 32 bits. */
function littleEndian(text: string, at: number): number {
  return [3, 2, 1, 0].reduce((sum, i) => sum * 256 + text.charCodeAt(at + i), 0)
}
