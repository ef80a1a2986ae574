import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis'
import { OggOpusDecoder } from 'ogg-opus-decoder'
import type { FileBytes } from './file-bytes.ts'
import { requireWholeOgg } from './ogg-pages.ts'
import type { SoundBlock } from './sound-block.ts'
import { decodeWith } from './wasm-decoder.ts'

/** A page whose checksum is wrong is left out by the decoder, as in every player. */
export async function* decodeVorbis(bytes: FileBytes): AsyncGenerator<SoundBlock> {
  await requireWholeOgg(bytes)
  yield* decodeWith(new OggVorbisDecoder(), bytes)
}

/**
 * As Vorbis. Always 48 kHz, whatever was encoded; a file of a single page, under a second, keeps its encoder's padding at
 * its end.
 */
export async function* decodeOpus(bytes: FileBytes): AsyncGenerator<SoundBlock> {
  await requireWholeOgg(bytes)
  yield* decodeWith(new OggOpusDecoder(), bytes)
}
