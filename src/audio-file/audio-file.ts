import { type Codec, recogniseCodec } from './codec.ts'
import { damagedFile, emptyFile, unsupportedFile } from './errors.ts'
import { FileBytes } from './file-bytes.ts'
import { decodeFlac } from './flac.ts'
import { decodeMp3 } from './mp3.ts'
import { decodeOpus, decodeVorbis } from './ogg.ts'
import type { SoundBlock } from './sound-block.ts'
import { decodeWav } from './wav.ts'

/** An audio file being decoded as a stream: memory does not grow with its length. Node only. */
export interface AudioFile {
  codec: Codec
  /** Hz */
  sampleRate: number
  /** Channels in the file, before the mix. */
  channels: number
  /**
   * The sound as the mean of its channels, full scale ±1, in blocks of any length. Can be read once; the file is
   * closed when the reading ends, early or not. Throws LeafError('audio-file') where the file is damaged or cut off.
   */
  blocks: AsyncIterable<Float32Array>
  /** Bytes of the file read so far. */
  bytesRead(): number
  bytesTotal: number
}

const DECODERS: Record<Codec, (bytes: FileBytes) => AsyncGenerator<SoundBlock>> = {
  wav: decodeWav,
  flac: decodeFlac,
  vorbis: decodeVorbis,
  opus: decodeOpus,
  mp3: decodeMp3,
}

/**
 * Opens a WAV, FLAC, Ogg (Vorbis, Opus, FLAC) or MP3 file; told apart by content, never by name.
 *
 * @throws LeafError('audio-file') naming the file: missing, empty, not audio, an unsupported codec, cut off, damaged
 */
export async function openAudioFile(path: string): Promise<AudioFile> {
  const bytes = await FileBytes.open(path)
  try {
    const codec = recogniseCodec(bytes.head, bytes.path)
    const sound = DECODERS[codec](bytes)
    const first = await nextSound(sound, bytes)
    if (!first) throw emptyFile(bytes.path)
    return {
      codec,
      sampleRate: first.sampleRate,
      channels: first.channelCount,
      blocks: monoBlocks(first, sound, bytes),
      bytesRead: () => bytes.read,
      bytesTotal: bytes.total,
    }
  } catch (error) {
    await bytes.close()
    throw error
  }
}

async function* monoBlocks(
  first: SoundBlock,
  sound: AsyncGenerator<SoundBlock>,
  bytes: FileBytes,
): AsyncGenerator<Float32Array> {
  try {
    for (let block: SoundBlock | null = first; block; block = await nextSound(sound, bytes)) {
      if (block.sampleRate !== first.sampleRate)
        throw unsupportedFile(
          bytes.path,
          `changes from ${first.sampleRate} to ${block.sampleRate} Hz on its way`,
        )
      yield meanOfChannels(block.channels)
    }
  } finally {
    await sound.return(undefined)
    await bytes.close()
  }
}

/** The next block with samples in it, or null at the end. */
async function nextSound(sound: AsyncGenerator<SoundBlock>, bytes: FileBytes): Promise<SoundBlock | null> {
  for (;;) {
    const { value, done } = await sound.next()
    if (done) return null
    if (value.damage) throw damagedFile(bytes.path, value.damage)
    if (value.channels[0]?.length > 0) return value
  }
}

function meanOfChannels(channels: Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0]
  const mean = new Float32Array(channels[0].length)
  for (let i = 0; i < mean.length; i++) {
    let sum = 0
    for (const channel of channels) sum += channel[i]
    mean[i] = sum / channels.length
  }
  return mean
}
