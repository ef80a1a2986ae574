import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { damagedFile, unsupportedFile } from './errors.ts'
import { rateOf } from './flac-frame-header.ts'
import type { SoundBlock } from './sound-block.ts'
import { WasmDecoder } from './wasm-decoder.ts'

/** Length of the block of metadata that every stream begins with. */
export const STREAM_INFO_BYTES = 34
/** The decoder computes with 32 bits, one of which stereo needs. */
const MOST_BITS = 24

/** What a FLAC stream says of itself. */
export interface StreamInfo {
  /** Hz */
  readonly sampleRate: number
  readonly channels: number
  readonly bits: number
  /** Samples in all; 0 is "not known". */
  readonly samples: number
}

/** @throws LeafError('audio-file') for a stream that makes no sense or has more bits than we read */
export function parseStreamInfo(path: string, block: Uint8Array): StreamInfo {
  const view = new DataView(block.buffer, block.byteOffset, STREAM_INFO_BYTES)
  // 20 bits of rate, 3 of channels, 5 of depth, 36 of sample count.
  const packed = view.getUint32(10)
  const info = {
    sampleRate: packed >>> 12,
    channels: ((packed >> 9) & 7) + 1,
    bits: ((packed >> 4) & 31) + 1,
    samples: (packed & 15) * 2 ** 32 + view.getUint32(14),
  }
  if (info.bits > MOST_BITS) throw unsupportedFile(path, `is FLAC of ${info.bits} bits`)
  if (info.sampleRate === 0 || info.bits < 4)
    throw damagedFile(path, `${info.bits} bits at ${info.sampleRate} Hz`)
  return info
}

/** Decodes frames of one stream. */
export class FlacDecoding {
  private constructor(
    private readonly info: StreamInfo,
    private readonly decoder: WasmDecoder<FLACDecoder>,
  ) {}

  static async start(path: string, info: StreamInfo): Promise<FlacDecoding> {
    return new FlacDecoding(info, await WasmDecoder.start(path, new FLACDecoder()))
  }

  /** @param frames each whole and alone */
  async decode(frames: readonly Uint8Array[]): Promise<SoundBlock> {
    const block = await this.decoder.run((flac) => flac.decodeFrames([...frames]))
    // The library divides by the largest sample, and every other decoder by the largest in magnitude.
    const largest = 2 ** (this.info.bits - 1) - 1
    for (const channel of block.channels)
      for (let i = 0; i < channel.length; i++) channel[i] = Math.round(channel[i] * largest) / (largest + 1)
    return { ...block, sampleRate: rateOf(frames[0]) || this.info.sampleRate }
  }

  end(): void {
    this.decoder.end()
  }
}
