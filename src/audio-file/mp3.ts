import { MPEGDecoder } from 'mpg123-decoder'
import { truncatedFile } from './errors.ts'
import type { FileBytes } from './file-bytes.ts'
import { id3Bytes, parseMp3Header } from './mp3-header.ts'
import type { SoundBlock } from './sound-block.ts'
import { decodeWith } from './wasm-decoder.ts'

// A frame of at most 1441 bytes; the encoder's own table lies at its start.
const FIRST_FRAME_BYTES = 1441

/** MP3 without the encoder's delay and padding, where its header states them. */
export async function* decodeMp3(bytes: FileBytes): AsyncGenerator<SoundBlock> {
  const start = id3Bytes(bytes.head)
  const header = parseMp3Header(await bytes.at(start, FIRST_FRAME_BYTES))
  const available = bytes.total - start
  if (header && header.promisedBytes > available)
    throw truncatedFile(bytes.path, `${available} of ${header.promisedBytes} bytes of sound`)
  // The decoder doubles mono to two channels. Damaged frames are silence to it, as in every player.
  for await (const block of decodeWith(new MPEGDecoder(), bytes))
    yield { ...block, channelCount: header?.channels ?? block.channelCount, damage: undefined }
}
