// The header of a FLAC frame (RFC 9639, section 9.1).

/** Longest header of a frame: sync and codes, a number of 7 bytes, block size, rate, checksum. */
export const HEADER_BYTES = 16
const BITS = [0, 8, 12, 0, 16, 20, 24, 32]
/** Hz, of the codes that say it themselves. */
const RATES = [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000]

/** Whether a frame of this stream may begin with these bytes: its codes, and its header's own checksum. */
export function isHeader(
  head: Uint8Array,
  { channels, bits }: { readonly channels: number; readonly bits: number },
): boolean {
  if (head.length < 6 || head[0] !== 0xff || (head[1] & 0xfe) !== 0xf8) return false
  const blockCode = head[2] >> 4
  const rateCode = head[2] & 15
  const assignment = head[3] >> 4
  const depth = BITS[(head[3] >> 1) & 7]
  if (blockCode === 0 || rateCode === 15 || (head[3] & 1) !== 0) return false
  if (assignment > 10 || (assignment < 8 ? assignment + 1 : 2) !== channels) return false
  if (depth !== bits && ((head[3] >> 1) & 7) !== 0) return false
  const leading = leadingOnes(head[4])
  if (leading === 1 || leading > 7) return false
  const end = rateAt(head) + (rateCode === 12 ? 1 : rateCode >= 13 ? 2 : 0)
  if (head.length <= end) return false
  let crc = 0
  for (let i = 0; i < end; i++) crc = CRC8[crc ^ head[i]]
  return crc === head[end]
}

/**
 * Hz, as a frame's own header says it, which its checksum guards as none does what the stream says of itself; null where
 * it refers to that (RFC 9639, section 9.1.2).
 */
export function rateOf(frame: Uint8Array): number | null {
  const code = frame[2] & 15
  const at = rateAt(frame)
  if (code === 12) return 1000 * frame[at]
  if (code >= 13) return (code === 13 ? 1 : 10) * ((frame[at] << 8) | frame[at + 1])
  return RATES[code] || null
}

/** Where a header says its rate, if in bytes of their own: behind the frame's number and the size of its block. */
function rateAt(head: Uint8Array): number {
  const blockCode = head[2] >> 4
  return 4 + Math.max(1, leadingOnes(head[4])) + (blockCode === 6 ? 1 : blockCode === 7 ? 2 : 0)
}

function leadingOnes(byte: number): number {
  return Math.clz32(~(byte << 24))
}

/** Polynomial 07. */
const CRC8 = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? (crc << 1) ^ 0x07 : crc << 1
  return crc
})
