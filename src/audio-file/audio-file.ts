import { type Codec, recogniseContainer } from './codec.ts'
import { damagedFile, emptyFile, unsupportedFile } from './errors.ts'
import { FileBytes } from './file-bytes.ts'
import { decodeFlac } from './flac.ts'
import { decodeMp3 } from './mp3.ts'
import { openOgg } from './ogg.ts'
import type { SoundBlock } from './sound-block.ts'
import type { SoundBytes } from './sound-bytes.ts'
import { withoutTags } from './tags.ts'
import { decodeWav } from './wav.ts'

/** Sample rates that are read, Hz, both ends included. */
export const FILE_RATES = { lowest: 1000, highest: 768000 } as const

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

/**
 * Opens a WAV, FLAC, Ogg (Vorbis, Opus, FLAC) or MP3 file; told apart by content, never by name.
 *
 * @throws LeafError('audio-file') naming the file: missing, empty, not audio, an unsupported codec, cut off, damaged
 */
export async function openAudioFile(path: string): Promise<AudioFile> {
  const file = await FileBytes.open(path)
  try {
    const bytes = await withoutTags(file)
    const { codec, sound } = await openSound(bytes)
    const first = await nextSound(sound, file.path)
    if (!first) throw emptyFile(file.path)
    requireRate(first.sampleRate, file.path)
    return {
      codec,
      sampleRate: first.sampleRate,
      channels: first.channelCount,
      blocks: monoBlocks(first, sound, bytes, () => file.close()),
      bytesRead: () => file.read,
      bytesTotal: file.total,
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function openSound(bytes: SoundBytes): Promise<{ codec: Codec; sound: AsyncGenerator<SoundBlock> }> {
  const container = await recogniseContainer(bytes)
  switch (container) {
    case 'wav':
      return { codec: 'wav', sound: decodeWav(bytes) }
    case 'flac':
      return { codec: 'flac', sound: decodeFlac(bytes) }
    case 'ogg':
      return openOgg(bytes)
    case 'mpeg':
      return { codec: 'mp3', sound: decodeMp3(bytes) }
  }
}

function requireRate(rate: number, path: string): void {
  const { lowest, highest } = FILE_RATES
  if (Number.isInteger(rate) && rate >= lowest && rate <= highest) return
  throw unsupportedFile(path, `has a sample rate of ${rate} Hz, outside ${lowest} to ${highest}`)
}

async function* monoBlocks(
  first: SoundBlock,
  sound: AsyncGenerator<SoundBlock>,
  bytes: SoundBytes,
  close: () => Promise<void>,
): AsyncGenerator<Float32Array> {
  try {
    for (let block: SoundBlock | null = first; block; block = await nextSound(sound, bytes.path)) {
      if (block.sampleRate !== first.sampleRate)
        throw unsupportedFile(
          bytes.path,
          `changes from ${first.sampleRate} to ${block.sampleRate} Hz on its way`,
        )
      yield meanOfChannels(block.channels)
    }
    bytes.finish()
  } finally {
    await sound.return(undefined)
    await close()
  }
}

/** The next block with samples in it, or null at the end. */
async function nextSound(sound: AsyncGenerator<SoundBlock>, path: string): Promise<SoundBlock | null> {
  for (;;) {
    const { value, done } = await sound.next()
    if (done) return null
    if (value.damage) throw damagedFile(path, value.damage)
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
