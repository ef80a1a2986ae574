import { damagedFile, truncatedFile } from './errors.ts'
import type { SoundBytes } from './sound-bytes.ts'
import { parseWavFormat, type WavFormat } from './wav-format.ts'

/** Where the sound of a WAV file lies and how it is written. */
export interface WavHeader {
  readonly dataStart: number
  /** Length of the sound; null where the writer, streaming or stopped short, could not know it. */
  readonly dataBytes: number | null
  readonly format: WavFormat
}

/** More chunks than any writer makes: a file of empty ones would be walked for minutes. */
const CHUNK_LIMIT = 10_000
const LARGEST_FORMAT_CHUNK = 4096
/** Writers to a pipe leave such a size in the header. */
const UNKNOWN_SIZE = 0x7fff0000
const UNKNOWN_WIDE_SIZE = 2 ** 63
/** Four letters, as the names of chunks are. */
const CHUNK_NAME = /^[\x20-\x7e]{4}$/

interface Chunk {
  readonly id: string
  /** As it says itself. */
  readonly size: number
  /** Of its content. */
  readonly start: number
}

/**
 * Walks the chunks to the sound and its format, whichever comes first.
 *
 * @throws LeafError('audio-file') where a chunk is missing, cut off or of another coding
 */
export async function readWavHeader(bytes: SoundBytes): Promise<WavHeader> {
  let format: WavFormat | undefined
  let wideDataBytes: number | undefined
  let sound: Chunk | undefined
  let at = bytes.start + 12
  for (let count = 0; !(format && sound); count++) {
    if (count === CHUNK_LIMIT)
      throw damagedFile(bytes.path, `more than ${CHUNK_LIMIT} chunks before its sound`)
    const chunk = await chunkAt(bytes, at)
    if (!chunk)
      throw sound
        ? damagedFile(bytes.path, 'no format before the sound')
        : truncatedFile(bytes.path, 'before its sound begins')
    const { id, size, start } = chunk
    if (id === 'data') sound = chunk
    if (id === 'fmt ')
      format = parseWavFormat(await bytes.at(start, Math.min(size, LARGEST_FORMAT_CHUNK)), bytes.path)
    if (id === 'ds64') wideDataBytes = await readWideSize(bytes, start)
    at = await pastChunk(bytes, start, id === 'data' ? (wideDataBytes ?? size) : size)
  }
  return { format, dataStart: sound.start, dataBytes: await soundLength(bytes, sound, wideDataBytes) }
}

async function chunkAt(bytes: SoundBytes, at: number): Promise<Chunk | null> {
  const header = await bytes.at(at, 8)
  if (header.length < 8) return null
  const size = new DataView(header.buffer, header.byteOffset).getUint32(4, true)
  return { id: Buffer.from(header).toString('latin1', 0, 4), size, start: at + 8 }
}

/** A chunk of odd length is padded by a byte; some writers forget it. */
async function pastChunk(bytes: SoundBytes, start: number, size: number): Promise<number> {
  const end = start + size
  if (size % 2 === 0) return end
  const isChunk = async (at: number) => CHUNK_NAME.test((await chunkAt(bytes, at))?.id ?? '')
  return !(await isChunk(end + 1)) && (await isChunk(end)) ? end : end + 1
}

/** Bytes of sound by the chunk for files above 4 GB. */
async function readWideSize(bytes: SoundBytes, start: number): Promise<number> {
  const content = await bytes.at(start, 16)
  if (content.length < 16) throw truncatedFile(bytes.path, 'within its header')
  return Number(new DataView(content.buffer, content.byteOffset).getBigUint64(8, true))
}

/** Null for "to the end of the file". */
async function soundLength(bytes: SoundBytes, { size, start }: Chunk, wide?: number): Promise<number | null> {
  const length = wide !== undefined && (size >= UNKNOWN_SIZE || size === 0) ? wide : size
  const isLonger = start + length > bytes.end
  if (isLonger && (wide === undefined ? size >= UNKNOWN_SIZE : length >= UNKNOWN_WIDE_SIZE)) return null
  // A recorder that was stopped short never came to write the size. Nothing but chunks after it means: no sound.
  if (length === 0 && start < bytes.end && !(await areChunks(bytes, start))) return null
  return length
}

/** Whether the rest of the file is chunks and no more. */
async function areChunks(bytes: SoundBytes, at: number): Promise<boolean> {
  for (let count = 0; count < CHUNK_LIMIT && at < bytes.end; count++) {
    const chunk = await chunkAt(bytes, at)
    if (!chunk || !CHUNK_NAME.test(chunk.id) || chunk.start + chunk.size > bytes.end) return false
    at = await pastChunk(bytes, chunk.start, chunk.size)
  }
  return true
}
