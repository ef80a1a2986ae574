import type { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis'
import { codecFrames, data, header, vorbisSetup } from 'codec-parser'
import type { StreamDecoder } from './stream-decoder.ts'
import { WasmDecoder } from './wasm-decoder.ts'

type Pages = Parameters<OggVorbisDecoder['decodeOggPages']>[0]

/** Vorbis in Ogg. The first packet is the identification, then come comments and the setup of the codebooks. */
export async function startVorbis(path: string, identification: Uint8Array): Promise<StreamDecoder> {
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis')
  const decoder = await WasmDecoder.start(path, new OggVorbisDecoder())
  const headers: Uint8Array[] = []
  let isSetUp = false
  return {
    async decode(packets) {
      const sound = packets.slice(3 - headers.length)
      headers.push(...packets.slice(0, 3 - headers.length))
      if (sound.length === 0) return null
      const frames = sound.map((packet) => ({ [data]: packet, [header]: { [vorbisSetup]: headers[2] } }))
      const first = { [data]: identification, [codecFrames]: [] }
      const page = { [data]: sound[0], [codecFrames]: frames }
      // The library wants pages as its own parser makes them, of which it looks at these fields only.
      const pages = (isSetUp ? [page] : [first, page]) as unknown as Pages
      isSetUp = true
      return decoder.run((vorbis) => vorbis.decodeOggPages(pages))
    },
    samplesAt: Number,
    end: () => decoder.end(),
  }
}
