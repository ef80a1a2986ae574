import { truncatedFile } from './errors.ts'
import { FlacDecoding, parseStreamInfo, STREAM_INFO_BYTES } from './flac-decoding.ts'
import type { StreamDecoder } from './stream-decoder.ts'

// 0x7f, "FLAC", a version, a count of headers, "fLaC", and the header of the block of metadata that follows.
const STREAM_INFO_AT = 17
/** Metadata begin with a small number. */
const FRAME_SYNC = 0xff

/** FLAC in Ogg: a packet for each block of metadata, then one for each frame. */
export async function startOggFlac(path: string, head: Uint8Array): Promise<StreamDecoder> {
  if (head.length < STREAM_INFO_AT + STREAM_INFO_BYTES) throw truncatedFile(path, 'within its header')
  const decoding = await FlacDecoding.start(path, parseStreamInfo(path, head.subarray(STREAM_INFO_AT)))
  return {
    async decode(packets) {
      const frames = packets.filter(([first]) => first === FRAME_SYNC)
      return frames.length > 0 ? decoding.decode(frames) : null
    },
    samplesAt: Number,
    end: () => decoding.end(),
  }
}
