import type { FileBytes } from './file-bytes.ts'
import type { SoundBlock } from './sound-block.ts'

interface Decoded {
  channelData: Float32Array[]
  sampleRate: number
  errors: { message: string }[]
}

/** What the WebAssembly decoders have in common. */
interface WasmDecoder {
  ready: Promise<void>
  decode(bytes: Uint8Array): Decoded | Promise<Decoded>
  flush?(): Promise<Decoded>
  free(): void
}

/** A file's bytes through a decoder, which is freed at the end. */
export async function* decodeWith(decoder: WasmDecoder, bytes: FileBytes): AsyncGenerator<SoundBlock> {
  await decoder.ready
  try {
    for await (const chunk of bytes.chunks()) yield soundBlock(await decoder.decode(chunk))
    if (decoder.flush) yield soundBlock(await decoder.flush())
  } finally {
    decoder.free()
  }
}

function soundBlock({ channelData, sampleRate, errors }: Decoded): SoundBlock {
  return { sampleRate, channelCount: channelData.length, channels: channelData, damage: errors[0]?.message }
}
