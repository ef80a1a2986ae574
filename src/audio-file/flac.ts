import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { truncatedFile } from './errors.ts'
import type { FileBytes } from './file-bytes.ts'
import { requireWholeOgg } from './ogg-pages.ts'
import type { SoundBlock } from './sound-block.ts'
import { decodeWith } from './wasm-decoder.ts'

// STREAMINFO comes first: its last five bytes before the checksum are 4 bits of depth and 36 of sample count.
const SAMPLE_COUNT_AT = 21

/** FLAC, bare or in Ogg. A bare file must hold as many samples as it promises. */
export async function* decodeFlac(bytes: FileBytes): AsyncGenerator<SoundBlock> {
  const inOgg = bytes.head[0] === 'O'.charCodeAt(0)
  if (inOgg) await requireWholeOgg(bytes)
  let decoded = 0
  for await (const block of decodeWith(new FLACDecoder(), bytes)) {
    decoded += block.channels[0]?.length ?? 0
    yield block
  }
  const promised = inOgg ? 0 : promisedSamples(bytes)
  if (decoded < promised) throw truncatedFile(bytes.path, `${decoded} of ${promised} samples`)
}

/** Samples a bare file says it holds; 0 is "not known". */
function promisedSamples({ head, path }: FileBytes): number {
  if (head.length < SAMPLE_COUNT_AT + 5) throw truncatedFile(path, 'within its header')
  const view = new DataView(head.buffer, head.byteOffset + SAMPLE_COUNT_AT)
  return (view.getUint8(0) & 0x0f) * 2 ** 32 + view.getUint32(1)
}
