/** kbit/s by version (MPEG-1, or 2 and 2.5), layer and the index in the header: ISO/IEC 11172-3 and 13818-3. */
const BITRATES: Readonly<Record<string, readonly number[]>> = {
  '1/1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1/2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1/3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2/1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2/2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2/3': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
/** Hz of MPEG-1; halved in MPEG-2, quartered in MPEG-2.5. */
const RATES = [44100, 48000, 32000]
const MPEG1 = 3
const MPEG25 = 0

/** Length of a frame's header, bytes. */
export const HEADER_BYTES = 4

const HAS_FRAME_COUNT = 1
const HAS_BYTE_COUNT = 2

/** Whether bytes start with a header of MPEG audio that breaks no rule, of any layer, free format included. */
export function isFrameHeader(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES || bytes[0] !== 0xff || (bytes[1] & 0xe0) !== 0xe0) return false
  const reserved = versionOf(bytes) === 1 || (bytes[1] & 0x06) === 0 || (bytes[3] & 3) === 2
  return !reserved && bytes[2] >> 4 !== 15 && ((bytes[2] >> 2) & 3) !== 3
}

/** 1, 2 or 3. */
export function layerOf(header: Uint8Array): number {
  return 4 - ((header[1] >> 1) & 3)
}

/** Frames without a bit rate in their header, whose length only the next header tells. */
export function isFreeFormat(header: Uint8Array): boolean {
  return header[2] >> 4 === 0
}

/** Whether two headers can be of one stream: version, layer and sample rate. */
export function isSameStream(one: Uint8Array, other: Uint8Array): boolean {
  return (one[1] & 0xfe) === (other[1] & 0xfe) && (one[2] & 0x0c) === (other[2] & 0x0c)
}

/** Bytes of a frame, its header included; not of free format. */
export function frameBytes(header: Uint8Array): number {
  const layer = layerOf(header)
  const mpeg1 = versionOf(header) === MPEG1
  const bitrate = 1000 * BITRATES[`${mpeg1 ? 1 : 2}/${layer}`][header[2] >> 4]
  const rate = sampleRateOf(header)
  const padding = (header[2] >> 1) & 1
  if (layer === 1) return 4 * (Math.floor((12 * bitrate) / rate) + padding)
  return Math.floor(((layer === 3 && !mpeg1 ? 72 : 144) * bitrate) / rate) + padding
}

/** Samples that a frame decodes to. */
export function frameSamples(header: Uint8Array): number {
  const layer = layerOf(header)
  if (layer === 1) return 384
  return layer === 3 && versionOf(header) !== MPEG1 ? 576 : 1152
}

/** Channels of a frame. */
export function channelsOf(header: Uint8Array): 1 | 2 {
  return header[3] >> 6 === 3 ? 1 : 2
}

/** Bytes from the first frame on, as its Xing or Info table has it; 0 where it has none. */
export function promisedBytes(frame: Uint8Array): number {
  // The table follows the side information, whose length depends on version and channels.
  const mono = channelsOf(frame) === 1
  const side = versionOf(frame) === MPEG1 ? (mono ? 17 : 32) : mono ? 9 : 17
  const table = frame.subarray(HEADER_BYTES + side)
  if (table.length < 16) return 0
  const mark = String.fromCharCode(...table.subarray(0, 4))
  const view = new DataView(table.buffer, table.byteOffset, 16)
  const flags = view.getUint32(4)
  if ((mark !== 'Xing' && mark !== 'Info') || !(flags & HAS_BYTE_COUNT)) return 0
  return view.getUint32(flags & HAS_FRAME_COUNT ? 12 : 8)
}

function versionOf(header: Uint8Array): number {
  return (header[1] >> 3) & 3
}

function sampleRateOf(header: Uint8Array): number {
  const version = versionOf(header)
  return RATES[(header[2] >> 2) & 3] / (version === MPEG1 ? 1 : version === MPEG25 ? 4 : 2)
}
