import { damagedFile, truncatedFile, unsupportedFile } from './errors.ts'
import type { StreamDecoder } from './stream-decoder.ts'
import { WasmDecoder } from './wasm-decoder.ts'

/** Always 48 kHz, whatever was encoded. */
const RATE = 48000
const HEADER_BYTES = 19
/** Mapping families that say more than which channel is which: RFC 8486's demixing matrix. */
const MIXED = 3

/** Opus in Ogg: RFC 7845. */
export async function startOpus(path: string, head: Uint8Array): Promise<StreamDecoder> {
  const { channels, preSkip, gain, ...mapping } = parseHead(path, head)
  const { OpusDecoder } = await import('opus-decoder')
  const decoder = await WasmDecoder.start(
    path,
    new OpusDecoder({ sampleRate: RATE, channels, preSkip: 0, ...mapping }),
  )
  let headersLeft = 2
  let toSkip = preSkip
  return {
    async decode(packets) {
      const sound = packets.slice(headersLeft)
      headersLeft = Math.max(0, headersLeft - packets.length)
      if (sound.length === 0) return null
      const block = await decoder.run((opus) => opus.decodeFrames([...sound]))
      const skipped = Math.min(toSkip, block.channels[0].length)
      toSkip -= skipped
      const cut = block.channels.map((channel) => channel.subarray(skipped))
      if (gain !== 1) for (const channel of cut) for (let i = 0; i < channel.length; i++) channel[i] *= gain
      return { ...block, channels: cut }
    },
    samplesAt: (granule) => Number(granule) - preSkip,
    end: () => decoder.end(),
  }
}

function parseHead(path: string, head: Uint8Array) {
  if (head.length < HEADER_BYTES) throw truncatedFile(path, 'within its header')
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  const channels = head[9]
  const preSkip = view.getUint16(10, true)
  // In 1/256 dB, to be applied by every decoder.
  const gain = 10 ** (view.getInt16(16, true) / 256 / 20)
  const family = head[18]
  if (family === MIXED) throw unsupportedFile(path, 'is Opus with mixed Ambisonics')
  if (family === 0) {
    if (channels < 1 || channels > 2) throw damagedFile(path, `${channels} channels of one stream`)
    return { channels, preSkip, gain }
  }
  const table = head.subarray(HEADER_BYTES + 2, HEADER_BYTES + 2 + channels)
  if (table.length < channels) throw truncatedFile(path, 'within its header')
  const [streamCount, coupledStreamCount] = head.subarray(HEADER_BYTES)
  const decoded = streamCount + coupledStreamCount
  const isSound =
    channels > 0 &&
    streamCount > 0 &&
    coupledStreamCount <= streamCount &&
    decoded <= 255 &&
    table.every((place) => place < decoded || place === 255)
  if (!isSound) throw damagedFile(path, 'a map of channels that makes no sense')
  return { channels, preSkip, gain, streamCount, coupledStreamCount, channelMappingTable: [...table] }
}
