/** The first frame of an MP3 stream. */
export interface Mp3Header {
  channels: 1 | 2
  /** Bytes from this frame on, as its Xing or Info table has it; 0 where it has none. */
  promisedBytes: number
}

const ID3_HEADER = 10
const HAS_FRAME_COUNT = 1
const HAS_BYTE_COUNT = 2

/** Length of an ID3v2 tag at the start, 0 where there is none. */
export function id3Bytes(head: Uint8Array): number {
  if (head.length < ID3_HEADER || String.fromCharCode(head[0], head[1], head[2]) !== 'ID3') return 0
  const footer = head[5] & 0x10 ? ID3_HEADER : 0
  return ID3_HEADER + ((head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9]) + footer
}

/** Whether bytes start with a frame header of MPEG audio layer III that breaks no rule. */
export function isMp3Frame(bytes: Uint8Array): boolean {
  if (bytes.length < 4 || bytes[0] !== 0xff || (bytes[1] & 0xe0) !== 0xe0) return false
  const version = (bytes[1] >> 3) & 3
  const layer = (bytes[1] >> 1) & 3
  const bitrate = bytes[2] >> 4
  const rate = (bytes[2] >> 2) & 3
  return version !== 1 && layer === 1 && bitrate !== 0 && bitrate !== 15 && rate !== 3
}

/** The first frame's header, or null where the bytes do not start with one. */
export function parseMp3Header(frame: Uint8Array): Mp3Header | null {
  if (!isMp3Frame(frame)) return null
  const mpeg1 = ((frame[1] >> 3) & 3) === 3
  const channels = frame[3] >> 6 === 3 ? 1 : 2
  // The table follows the side information, whose length depends on version and channels.
  const table = 4 + (mpeg1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17)
  return { channels, promisedBytes: promisedBytes(frame.subarray(table)) }
}

function promisedBytes(table: Uint8Array): number {
  if (table.length < 16) return 0
  const mark = String.fromCharCode(...table.subarray(0, 4))
  const view = new DataView(table.buffer, table.byteOffset, 16)
  const flags = view.getUint32(4)
  if ((mark !== 'Xing' && mark !== 'Info') || !(flags & HAS_BYTE_COUNT)) return 0
  return view.getUint32(flags & HAS_FRAME_COUNT ? 12 : 8)
}
