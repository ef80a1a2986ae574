import type { Codec } from './codec.ts'
import { damagedFile } from './errors.ts'
import { startOggFlac } from './ogg-flac.ts'
import { type OggPackets, oggPackets } from './ogg-links.ts'
import { startOpus } from './ogg-opus.ts'
import { startVorbis } from './ogg-vorbis.ts'
import type { SoundBlock } from './sound-block.ts'
import type { SoundBytes } from './sound-bytes.ts'
import type { StartStream, StreamDecoder } from './stream-decoder.ts'

const STARTS: Readonly<Record<OggPackets['codec'], StartStream>> = {
  vorbis: startVorbis,
  opus: startOpus,
  flac: startOggFlac,
}

/** The codec of an Ogg file and its sound, each link of a chained file decoded as if it were alone. */
export async function openOgg(
  bytes: SoundBytes,
): Promise<{ codec: Codec; sound: AsyncGenerator<SoundBlock> }> {
  const packets = oggPackets(bytes)
  const { value } = await packets.next()
  if (!value) throw damagedFile(bytes.path, 'none of its pages is whole')
  return { codec: value.codec, sound: decodeLinks(bytes.path, value, packets) }
}

async function* decodeLinks(
  path: string,
  first: OggPackets,
  rest: AsyncGenerator<OggPackets>,
): AsyncGenerator<SoundBlock> {
  let stream: LinkSound | null = null
  try {
    for (let page: OggPackets | undefined = first; page; page = (await rest.next()).value ?? undefined) {
      if (page.isFirst) {
        stream?.end()
        stream = new LinkSound(await STARTS[page.codec](path, page.packets[0] ?? new Uint8Array(0)))
      }
      const block = await stream!.decode(page)
      if (block) yield block
    }
  } finally {
    stream?.end()
  }
}

/** Cuts the sound of one stream to what its granules say: encoders fill their first and last packets. */
class LinkSound {
  /** Samples decoded so far. */
  #decoded = 0
  /** What is decoded, minus what the granules count: above 0 where the beginning is to be left out, once it is known. */
  #surplus: number | null = null

  constructor(private readonly decoder: StreamDecoder) {}

  async decode({ packets, granule, isLast }: OggPackets): Promise<SoundBlock | null> {
    const block = await this.decoder.decode(packets)
    if (!block || block.channels.length === 0) return block
    const before = this.#decoded
    this.#decoded += block.channels[0].length
    let from = 0
    let to = block.channels[0].length
    if (granule !== null && this.#surplus === null) {
      const surplus = this.#decoded - this.decoder.samplesAt(granule)
      // On a stream's only page it is the end that is too long.
      this.#surplus = isLast ? Math.min(surplus, 0) : surplus
      from = Math.max(0, this.#surplus)
    }
    if (granule !== null && isLast) {
      const end = this.decoder.samplesAt(granule) + (this.#surplus ?? 0)
      to = Math.min(to, Math.max(from, end - before))
    }
    if (from === 0 && to === block.channels[0].length) return block
    return { ...block, channels: block.channels.map((channel) => channel.subarray(from, to)) }
  }

  end(): void {
    this.decoder.end()
  }
}
