import type { SoundBlock } from './sound-block.ts'

/** One stream of Ogg being decoded. */
export interface StreamDecoder {
  /** Packets, headers first, to the sound that they are; null where they are none. */
  decode(packets: readonly Uint8Array[]): Promise<SoundBlock | null>
  /** Samples that `decode` has handed out where a page bears this granule. */
  samplesAt(granule: bigint): number
  end(): void
}

/** @param head the stream's first packet @throws LeafError('audio-file') */
export type StartStream = (path: string, head: Uint8Array) => Promise<StreamDecoder>
